# embed(OUTPUT FILE.cc HEADER NAME.h NAMESPACE NAME TYPE NAME ACCESSOR NAME NAMES TEXT... FILES FILE...)
#
# writes a C++ file that holds each of FILES as bytes. ACCESSOR, which HEADER declares, gives them all as a span of TYPE:
# an aggregate of two string views, what NAMES says of the file and its content. The arrays are plain ones, so that every
# compiler takes them, and CMake alone makes them. For scripts (cmake -P) that a custom command runs.
function(embed)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUTPUT;HEADER;NAMESPACE;TYPE;ACCESSOR" "NAMES;FILES")
  set(arrays "")
  set(entries "")
  set(number 0)
  string(REPEAT "0x..," 24 line)
  foreach(name file IN ZIP_LISTS arg_NAMES arg_FILES)
    file(READ "${file}" bytes HEX)
    if(bytes STREQUAL "")
      message(FATAL_ERROR "${file} is empty")
    endif()
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
    string(APPEND arrays "const unsigned char text_${number}[] = {\n${bytes}};\n\n")
    string(APPEND entries "    {\"${name}\", view(text_${number})},\n")
    math(EXPR number "${number} + 1")
  endforeach()

  cmake_path(GET CMAKE_SCRIPT_MODE_FILE FILENAME script)
  file(WRITE "${arg_OUTPUT}" "// Made by cmake/${script}.
#include \"${arg_HEADER}\"

#include <cstddef>

namespace ${arg_NAMESPACE} {
namespace {

${arrays}template <std::size_t size>
std::string_view view(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

const ${arg_TYPE} texts[] = {
${entries}};

}  // namespace

std::span<const ${arg_TYPE}> ${arg_ACCESSOR}() { return texts; }

}  // namespace ${arg_NAMESPACE}
")
endfunction()
