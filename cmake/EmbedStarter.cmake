# Writes the C++ file that holds the numbered text files of data/starter; the accessor is declared in
# src/importers/starter.h:
#
#   cmake -DFOLDER=DIR -DOUTPUT=FILE.cc -P EmbedStarter.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/Embed.cmake)

file(GLOB files LIST_DIRECTORIES false "${FOLDER}/[0-9][0-9][0-9].txt")  # sorted by name
if(NOT files)
  message(FATAL_ERROR "${FOLDER} holds no file such as 001.txt")
endif()
list(TRANSFORM files REPLACE "^.*/" "data/starter/" OUTPUT_VARIABLE names)
embed(OUTPUT "${OUTPUT}" HEADER importers/starter.h NAMESPACE kalima::importers TYPE StarterText ACCESSOR starter_texts
  NAMES ${names} FILES ${files})
