# Defines an imported target kalima_deps::<name> for each library that
# build.sh has built. Include it after project():
#
#   include(packaging/deps/KalimaDeps.cmake)
#   target_link_libraries(kalima_index PRIVATE kalima_deps::xapian)
#
# KALIMA_DEPS_TARGET  what to link for (default: linux-x86_64)
# KALIMA_DEPS_PREFIX  an existing prefix; build.sh is not called
#
# Afterwards KALIMA_DEPS_ROOT is the prefix; its licenses/ has the licence text
# of each library and .complete lists their versions.
#
# Their headers are system headers: warnings in them do not count.
include_guard(GLOBAL)

set(KALIMA_DEPS_TARGET linux-x86_64 CACHE STRING "Target of packaging/deps to link with")
set(KALIMA_DEPS_PREFIX "" CACHE PATH "Prefix with the libraries; empty: the one of build.sh")

if(KALIMA_DEPS_PREFIX)
  set(KALIMA_DEPS_ROOT ${KALIMA_DEPS_PREFIX})
else()
  execute_process(
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/build.sh --target ${KALIMA_DEPS_TARGET} --print-prefix
    OUTPUT_VARIABLE KALIMA_DEPS_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE _kalima_deps_failed ERROR_VARIABLE _kalima_deps_error)
  if(_kalima_deps_failed)
    message(FATAL_ERROR "packaging/deps/build.sh --print-prefix failed:\n${_kalima_deps_error}")
  endif()
endif()
if(NOT EXISTS ${KALIMA_DEPS_ROOT}/.complete)
  message(FATAL_ERROR
    "The libraries of packaging/deps are not built (looked for ${KALIMA_DEPS_ROOT}).\n"
    "Run packaging/deps/build.sh --target ${KALIMA_DEPS_TARGET} first; "
    "on a new machine, as root, with --install-packages.")
endif()
message(STATUS "Libraries: ${KALIMA_DEPS_ROOT}")

# A changed pin or build file means another prefix: ask build.sh again.
file(GLOB_RECURSE _kalima_deps_inputs CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_LIST_DIR}/recipes/* ${CMAKE_CURRENT_LIST_DIR}/toolchains/*)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${_kalima_deps_inputs}
  ${CMAKE_CURRENT_LIST_DIR}/pins.txt ${CMAKE_CURRENT_LIST_DIR}/CMakeLists.txt)

find_package(Threads REQUIRED)

# _kalima_deps_add(<name> [<library>...]): libraries in link order; none for a
# library of headers only.
function(_kalima_deps_add name)
  add_library(kalima_deps::${name} INTERFACE IMPORTED GLOBAL)
  set_target_properties(kalima_deps::${name} PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${KALIMA_DEPS_ROOT}/include)
  foreach(library IN LISTS ARGN)
    set(file ${KALIMA_DEPS_ROOT}/lib/${CMAKE_STATIC_LIBRARY_PREFIX}${library}${CMAKE_STATIC_LIBRARY_SUFFIX})
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "${file} is missing: remove ${KALIMA_DEPS_ROOT} and run packaging/deps/build.sh")
    endif()
    target_link_libraries(kalima_deps::${name} INTERFACE ${file})
  endforeach()
endfunction()

_kalima_deps_add(zlib z)

_kalima_deps_add(sqlite sqlite3)
target_link_libraries(kalima_deps::sqlite INTERFACE Threads::Threads m)

if(WIN32)
  # Its own UUIDs come from rpcrt4.
  _kalima_deps_add(xapian xapian)
  target_link_libraries(kalima_deps::xapian INTERFACE kalima_deps::zlib m rpcrt4 ws2_32)
else()
  _kalima_deps_add(xapian xapian xapian-uuid)
  target_link_libraries(kalima_deps::xapian INTERFACE kalima_deps::zlib m)
endif()

# U_CHARSET_IS_UTF8 must be as when ICU was compiled; see recipes/icu.
_kalima_deps_add(icu icuuc icudata)
target_compile_definitions(kalima_deps::icu INTERFACE
  U_STATIC_IMPLEMENTATION U_CHARSET_IS_UTF8=1)
target_link_libraries(kalima_deps::icu INTERFACE Threads::Threads m)

_kalima_deps_add(expat expat)
target_compile_definitions(kalima_deps::expat INTERFACE XML_STATIC)

_kalima_deps_add(re2 re2)
target_link_libraries(kalima_deps::re2 INTERFACE Threads::Threads)

_kalima_deps_add(xxhash)

_kalima_deps_add(fmt fmt)

_kalima_deps_add(spdlog spdlog)
target_compile_definitions(kalima_deps::spdlog INTERFACE
  SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)
target_link_libraries(kalima_deps::spdlog INTERFACE kalima_deps::fmt Threads::Threads)

_kalima_deps_add(httplib)
target_link_libraries(kalima_deps::httplib INTERFACE Threads::Threads)
if(WIN32)
  # It asks for Windows 10. crypt32 it only needs with OpenSSL.
  target_compile_definitions(kalima_deps::httplib INTERFACE _WIN32_WINNT=0x0A00)
  target_link_libraries(kalima_deps::httplib INTERFACE ws2_32)
endif()

_kalima_deps_add(json)
_kalima_deps_add(cli11)
_kalima_deps_add(doctest)

unset(_kalima_deps_inputs)
unset(_kalima_deps_failed)
unset(_kalima_deps_error)
