# Writes a C++ file that holds the numbered text files of a folder as bytes:
#
#   cmake -DFOLDER=DIR -DOUTPUT=FILE.cc -P EmbedTexts.cmake
#
# Plain arrays, so that every compiler takes them, and CMake alone makes them. The accessor is declared in
# src/importers/starter.h.
cmake_minimum_required(VERSION 3.25)

file(GLOB files LIST_DIRECTORIES false "${FOLDER}/[0-9][0-9][0-9].txt")  # sorted by name
if(NOT files)
  message(FATAL_ERROR "${FOLDER} holds no file such as 001.txt")
endif()

set(arrays "")
set(entries "")
foreach(file IN LISTS files)
  cmake_path(GET file STEM number)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REPEAT "0x..," 24 line)
  string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "const unsigned char text_${number}[] = {\n${bytes}};\n\n")
  string(APPEND entries "    {\"data/starter/${number}.txt\", view(text_${number})},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Made from data/starter by cmake/EmbedTexts.cmake.
#include \"importers/starter.h\"

namespace kalima::importers {
namespace {

${arrays}template <std::size_t size>
std::string_view view(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

const StarterText texts[] = {
${entries}};

}  // namespace

std::span<const StarterText> starter_texts() { return texts; }

}  // namespace kalima::importers
")
