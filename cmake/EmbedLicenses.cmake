# Writes the C++ file that holds licence texts; the accessor is declared in src/app/license_texts.h:
#
#   cmake -DTEXTS=NAME=FILE,NAME=FILE... -DOUTPUT=FILE.cc -P EmbedLicenses.cmake
#
# FILE.txt beside it is what `kalima licenses` prints.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

string(REPLACE "," ";" texts "${TEXTS}")
set(together "")
foreach(text IN LISTS texts)
  string(REGEX REPLACE "=.*$" "" name "${text}")
  string(REGEX REPLACE "^[^=]+=" "" file "${text}")
  file(READ "${file}" plain)
  if(plain STREQUAL "")
    message(FATAL_ERROR "${file} is empty")
  endif()
  string(LENGTH "${name}" length)
  string(REPEAT "=" ${length} underline)
  if(together)
    string(APPEND together "\n")
  endif()
  string(APPEND together "${name}\n${underline}\n\n${plain}\n")
endforeach()
cmake_path(REPLACE_EXTENSION OUTPUT LAST_ONLY .txt OUTPUT_VARIABLE plain_file)
file(WRITE "${plain_file}" "${together}")
embed_compressed(OUTPUT "${OUTPUT}" HEADER app/license_texts.h NAMESPACE kalima::app ACCESSOR compressed_licenses
  FILE "${plain_file}")
