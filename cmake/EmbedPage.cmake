# Writes the C++ file that holds the web page, all files of FOLDER; the accessor is declared in src/app/page_files.h:
#
#   cmake -DFOLDER=FOLDER -DOUTPUT=FILE.cc -P EmbedPage.cmake
#
# Fonts are compressed already. All else becomes a gzip file.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

file(GLOB_RECURSE names RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT names)
cmake_path(GET OUTPUT PARENT_PATH work)
set(work "${work}/page")
file(REMOVE_RECURSE "${work}")
set(files "")
set(compressed "")
foreach(name IN LISTS names)
  set(file "${work}/${name}")
  cmake_path(GET file PARENT_PATH parent)
  file(MAKE_DIRECTORY "${parent}")
  file(COPY_FILE "${FOLDER}/${name}" "${file}")
  list(APPEND files "${file}")
  if(NOT name MATCHES "\\.woff2$")
    list(APPEND compressed "${file}")
  endif()
endforeach()
embed(OUTPUT "${OUTPUT}" HEADER app/page_files.h NAMESPACE kalima::app TYPE PageFile ACCESSOR page_files
  NAMES ${names} FILES ${files} COMPRESSED ${compressed})
