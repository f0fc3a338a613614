# Writes the header that says from which commit a program is built, and with which libraries:
#
#   cmake -DSOURCE=DIR -DVERSIONS=FILE -DOUTPUT=FILE.h -P BuildInfo.cmake
#
# VERSIONS is the file .complete of packaging/deps. Runs with every build; the header is written only when something
# changed. Outside a clone the commit is the one that `git archive` puts into packaging/commit.txt, else `unknown`.
cmake_minimum_required(VERSION 3.25)

function(git result)
  execute_process(COMMAND git --no-optional-locks -C ${SOURCE} ${ARGN}
    OUTPUT_VARIABLE out OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(failed)
    set(out "")
  endif()
  set(${result} "${out}" PARENT_SCOPE)
endfunction()

set(commit "")
# Not the commit of a repository that merely holds this folder.
if(EXISTS ${SOURCE}/.git)
  git(commit rev-parse HEAD)
  git(changes status --porcelain --untracked-files=no)
  if(commit AND changes)
    string(APPEND commit " with changes")
  endif()
endif()
if(NOT commit)
  file(STRINGS ${SOURCE}/packaging/commit.txt commit LIMIT_COUNT 1)
endif()
if(NOT commit MATCHES "^[0-9a-f]+( with changes)?$")
  set(commit unknown)
endif()

set(libraries "")
file(STRINGS ${VERSIONS} lines)
foreach(line IN LISTS lines)
  # Name, version, licence; the lines before them have other words. The test library is not in the program.
  if(line MATCHES "^([a-z0-9]+) ([0-9][^ ]*) ([^ ]+)$" AND NOT CMAKE_MATCH_1 STREQUAL doctest)
    string(APPEND libraries "\\n  ${CMAKE_MATCH_1} ${CMAKE_MATCH_2}")
  endif()
endforeach()

set(text "// Made by cmake/BuildInfo.cmake.
#pragma once

#define KALIMA_COMMIT \"${commit}\"
#define KALIMA_LIBRARIES \"${libraries}\"
")
set(before "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL text)
  file(WRITE ${OUTPUT} "${text}")
endif()
