# Writes the C++ file that holds licence texts; the accessor is declared in src/app/licenses.h:
#
#   cmake -DTEXTS=NAME=FILE,NAME=FILE... -DOUTPUT=FILE.cc -P EmbedLicenses.cmake
#
# FILE.txt beside it gets the same as `kalima licenses` prints.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

string(REPLACE "," ";" texts "${TEXTS}")
list(TRANSFORM texts REPLACE "=.*$" "" OUTPUT_VARIABLE names)
list(TRANSFORM texts REPLACE "^[^=]+=" "" OUTPUT_VARIABLE files)
embed(OUTPUT "${OUTPUT}" HEADER app/licenses.h NAMESPACE kalima::app TYPE License ACCESSOR licenses
  NAMES ${names} FILES ${files})

set(together "")
foreach(name file IN ZIP_LISTS names files)
  file(READ "${file}" plain)
  string(LENGTH "${name}" length)
  string(REPEAT "=" ${length} underline)
  if(together)
    string(APPEND together "\n")
  endif()
  string(APPEND together "${name}\n${underline}\n\n${plain}\n")
endforeach()
cmake_path(REPLACE_EXTENSION OUTPUT LAST_ONLY .txt)
file(WRITE "${OUTPUT}" "${together}")
