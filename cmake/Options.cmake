# What every target of the project is compiled with.
add_library(kalima_options INTERFACE)
target_compile_options(kalima_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion
  -ffunction-sections -fdata-sections
  # File names in messages and debug information do not depend on where the tree lies.
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=
  # Nor, in what is passed on, on where the libraries lie.
  $<$<CONFIG:Release>:-ffile-prefix-map=${KALIMA_DEPS_ROOT}/=libraries/>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # g++ 12 warns of string concatenation in its own headers (its bug 105651).
  target_compile_options(kalima_options INTERFACE -Wno-restrict)
  if(CMAKE_UNITY_BUILD)
    # To it, what a unit includes is a header, in which names of an anonymous namespace would be suspect.
    target_compile_options(kalima_options INTERFACE -Wno-subobject-linkage)
  endif()
  if(KALIMA_SANITIZE)
    # Instrumented code looks uninitialised to it where it is not; its manual says so under -fsanitize.
    target_compile_options(kalima_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(KALIMA_WERROR)
  target_compile_options(kalima_options INTERFACE -Werror)
endif()
target_include_directories(kalima_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
if(APPLE)
  target_link_options(kalima_options INTERFACE -Wl,-dead_strip)
else()
  target_link_options(kalima_options INTERFACE -Wl,--gc-sections)
endif()
if(WIN32)
  # <windows.h> leaves std::min and std::max alone; object files may have more than 65,535 sections, which a section
  # for each function can come to.
  target_compile_definitions(kalima_options INTERFACE NOMINMAX)
  target_compile_options(kalima_options INTERFACE -Wa,-mbig-obj)
  # The time of the build is not part of the file.
  target_link_options(kalima_options INTERFACE -Wl,--no-insert-timestamp)
endif()
# A target whose property KALIMA_PLAIN is set is linked with instrumented code, and has none itself.
set(instrumented "$<NOT:$<BOOL:$<TARGET_PROPERTY:KALIMA_PLAIN>>>")
if(KALIMA_SANITIZE)
  target_compile_options(kalima_options INTERFACE
    "$<${instrumented}:-fsanitize=${KALIMA_SANITIZE};-fno-sanitize-recover=all;-fno-omit-frame-pointer>")
  target_link_options(kalima_options INTERFACE -fsanitize=${KALIMA_SANITIZE})
endif()
if(KALIMA_FUZZ)
  # Counts which branches an input takes; the fuzzers alone link what drives them.
  target_compile_options(kalima_options INTERFACE "$<${instrumented}:-fsanitize=fuzzer-no-link>")
  target_link_options(kalima_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
# macOS has no static programs; only its own libraries are linked dynamically there.
if(KALIMA_STATIC AND NOT APPLE)
  target_link_options(kalima_options INTERFACE -static)
endif()

# kalima_small(TARGET): a release compiles it for size.
function(kalima_small target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-Os>)
endfunction()

# kalima_library(NAME [SMALL | SMALL_ON_WINDOWS | FAST] [SEPARATE [SMALL_FILES ...]] [LINKS ...]): the library of this folder from all its
# .cc files. What is listed under LINKS is all that the folder may use: a header of another folder is not found otherwise at link time,
# and the test layers_test checks the includes against the same list. SMALL is for a folder that no answer waits for, or which leaves the
# work to a library: a release compiles it for size, since the file has a limit; SMALL_ON_WINDOWS is the same for the program that is
# larger. FAST is for one in whose loops the time of answers is spent: compiled as one file, it is so large for g++ that it would inline
# less. SEPARATE is for a folder whose files are never compiled as one, as they have file-local names in common; SMALL_FILES names those
# of them that a release compiles for size.
function(kalima_library name)
  cmake_parse_arguments(arg "SMALL;SMALL_ON_WINDOWS;FAST;SEPARATE" "" "LINKS;PRIVATE_LINKS;SMALL_FILES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  add_library(kalima_${name} STATIC ${sources})
  target_link_libraries(kalima_${name} PUBLIC kalima_options)
  if(arg_SEPARATE)
    set_target_properties(kalima_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
  if(arg_SMALL OR (arg_SMALL_ON_WINDOWS AND WIN32))
    kalima_small(kalima_${name})
  endif()
  # The program for Windows is larger, and has no room for it.
  if(arg_FAST AND CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT WIN32)
    target_compile_options(kalima_${name} PRIVATE $<$<CONFIG:Release>:--param=large-unit-insns=200000>)
  endif()
  if(arg_SMALL_FILES AND NOT arg_SEPARATE)
    message(FATAL_ERROR "${name}: a file of a folder that is compiled as one file has no options of its own")
  endif()
  foreach(file IN LISTS arg_SMALL_FILES)
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
      message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR} has no ${file}")
    endif()
    if(CMAKE_BUILD_TYPE STREQUAL Release)
      set_property(SOURCE ${file} APPEND PROPERTY COMPILE_OPTIONS -Os)
    endif()
  endforeach()
  foreach(link IN LISTS arg_LINKS)
    target_link_libraries(kalima_${name} PUBLIC ${link})
  endforeach()
  foreach(link IN LISTS arg_PRIVATE_LINKS)
    target_link_libraries(kalima_${name} PRIVATE ${link})
  endforeach()
endfunction()
