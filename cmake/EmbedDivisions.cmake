# Writes the C++ file that holds the files of data/divisions; the accessor is declared in src/corpus/division_files.h:
#
#   cmake -DFOLDER=DIR -DOUTPUT=FILE.cc -P EmbedDivisions.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

file(GLOB files LIST_DIRECTORIES false "${FOLDER}/*.txt")  # sorted by name
if(NOT files)
  message(FATAL_ERROR "${FOLDER} holds no file")
endif()
list(TRANSFORM files REPLACE "^.*/" "" OUTPUT_VARIABLE names)
list(TRANSFORM names REPLACE "\\.txt$" "")
embed(OUTPUT "${OUTPUT}" HEADER corpus/division_files.h NAMESPACE kalima::corpus TYPE DivisionFile
  ACCESSOR division_files NAMES ${names} FILES ${files})
