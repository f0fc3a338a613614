# Writes a C++ file that holds licence texts as bytes; the accessor is declared in src/app/licenses.h:
#
#   cmake -DTEXTS=NAME=FILE,NAME=FILE... -DOUTPUT=FILE.cc -P EmbedLicenses.cmake
#
# FILE.txt beside it gets the same as `kalima licenses` prints.
cmake_minimum_required(VERSION 3.25)

string(REPLACE "," ";" texts "${TEXTS}")
set(arrays "")
set(entries "")
set(number 0)
set(together "")
foreach(text IN LISTS texts)
  string(REGEX MATCH "^([^=]+)=(.+)$" matched "${text}")
  if(NOT matched)
    message(FATAL_ERROR "'${text}' is not NAME=FILE")
  endif()
  set(name ${CMAKE_MATCH_1})
  file(READ "${CMAKE_MATCH_2}" bytes HEX)
  if(bytes STREQUAL "")
    message(FATAL_ERROR "${CMAKE_MATCH_2} is empty")
  endif()
  file(READ "${CMAKE_MATCH_2}" plain)
  string(LENGTH "${name}" length)
  string(REPEAT "=" ${length} underline)
  if(together)
    string(APPEND together "\n")
  endif()
  string(APPEND together "${name}\n${underline}\n\n${plain}\n")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REPEAT "0x..," 24 line)
  string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "const unsigned char text_${number}[] = {\n${bytes}};\n\n")
  string(APPEND entries "    {\"${name}\", view(text_${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}" "// Made by cmake/EmbedLicenses.cmake.
#include \"app/licenses.h\"

#include <cstddef>

namespace kalima::app {
namespace {

${arrays}template <std::size_t size>
std::string_view view(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

const License texts[] = {
${entries}};

}  // namespace

std::span<const License> licenses() { return texts; }

}  // namespace kalima::app
")

cmake_path(REPLACE_EXTENSION OUTPUT LAST_ONLY .txt)
file(WRITE "${OUTPUT}" "${together}")
