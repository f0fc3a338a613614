# For scripts (cmake -P) that a custom command runs: files as C++ source, by CMake alone. The arrays are plain ones, so
# that every compiler takes them.

# embed_bytes(OUT_VARIABLE NAME FILE): the text of an array of the file's bytes called NAME.
function(embed_bytes out name file)
  file(READ "${file}" bytes HEX)
  if(bytes STREQUAL "")
    message(FATAL_ERROR "${file} is empty")
  endif()
  string(REPEAT "0x..," 24 line)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
  set(${out} "const unsigned char ${name}[] = {\n${bytes}};\n\n" PARENT_SCOPE)
endfunction()

# embed(OUTPUT FILE.cc HEADER NAME.h NAMESPACE NAME TYPE NAME ACCESSOR NAME NAMES TEXT... FILES FILE...)
#
# writes a C++ file that holds each of FILES as bytes. ACCESSOR, which HEADER declares, gives them all as a span of TYPE:
# an aggregate of two string views, what NAMES says of the file and its content. COMPRESSED names those of FILES that are
# held as gzip files.
function(embed)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUTPUT;HEADER;NAMESPACE;TYPE;ACCESSOR" "NAMES;FILES;COMPRESSED")
  set(arrays "")
  set(entries "")
  set(number 0)
  foreach(name file IN ZIP_LISTS arg_NAMES arg_FILES)
    if(file IN_LIST arg_COMPRESSED)
      embed_gzip(array text_${number} "${file}")
    else()
      embed_bytes(array text_${number} "${file}")
    endif()
    string(APPEND arrays "${array}")
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

# embed_gzip(OUT_VARIABLE NAME FILE): the text of an array called NAME of FILE as a gzip file, which FILE.gz becomes.
function(embed_gzip out name file)
  file(ARCHIVE_CREATE OUTPUT "${file}.gz" PATHS "${file}" FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
  embed_bytes(array ${name} "${file}.gz")
  # The time of the build and the system, in the header of ten bytes, are not part of the program.
  string(REGEX REPLACE "({\n0x1f,0x8b,0x08,0x00,)0x..,0x..,0x..,0x..,(0x..,)0x..," "\\10x00,0x00,0x00,0x00,\\20xff,"
    array "${array}")
  if(NOT array MATCHES "{\n0x1f,0x8b,0x08,0x00,0x00,0x00,0x00,0x00,0x..,0xff,")
    message(FATAL_ERROR "${file}.gz does not begin as expected")
  endif()
  set(${out} "${array}" PARENT_SCOPE)
endfunction()

# embed_compressed(OUTPUT FILE.cc HEADER NAME.h NAMESPACE NAME ACCESSOR NAME FILE FILE)
#
# writes a C++ file that holds FILE as a gzip file, which FILE.gz beside it is. ACCESSOR, which HEADER declares, gives it
# as a string view; support/inflate.h undoes it.
function(embed_compressed)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "OUTPUT;HEADER;NAMESPACE;ACCESSOR;FILE" "")
  embed_gzip(array bytes "${arg_FILE}")

  cmake_path(GET CMAKE_SCRIPT_MODE_FILE FILENAME script)
  file(WRITE "${arg_OUTPUT}" "// Made by cmake/${script}.
#include \"${arg_HEADER}\"

namespace ${arg_NAMESPACE} {
namespace {

${array}}  // namespace

std::string_view ${arg_ACCESSOR}() { return {reinterpret_cast<const char*>(bytes), sizeof bytes}; }

}  // namespace ${arg_NAMESPACE}
")
endfunction()
