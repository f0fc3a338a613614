# When the tests run, and in which stage of run.sh. Nothing here decides what is tested.

# Of the two places that a test takes, one that mostly waits (for a client's time to pass, for a server that looks at its files
# once a second) takes one; and of those only one runs at a time. So run.sh has one test of that kind run beside those that work.
# They begin first: all together they take about as long as the rest.
set(waiting http.connections research.replaced)

# Seconds of a sanitized run, of those that take long: they begin early, so that no core is left idle at the end.
set(long
  cli.index:75 editions.editions:65 v1.reading_full:60 cli.interrupt:55 research.full:120 conllu.full:50 cli.bad_paths:50 research.index_files:50
  compat.full:50 statistics.published_full:50 v1.attributes_full:50 research.concurrency:45 query.worst:45 query.docs_full:40 research.disk:40
  research.known_index:40 v1.search_full:40 cli.replace:38 research.history:37 cli.public_import:37 cli.wild_files:33 research.backup:32 v1.quotations_full:32
  e2e:29 research.mutations:28 cli.import:27 query.random:26 cli.public_full:25 research.durability:23 research.versions:22 query.results:21
  conllu.fixture:20 research.lossless:20 http.service:19 research.stranger:19 starter.first_start:19 research.etag:18 research.guard:18
  unit.columns_damage:14 unit.query_cases:14 unit.columns_full:14 attack.attack:13)

get_property(tests DIRECTORY PROPERTY TESTS)
foreach(test IN LISTS tests)
  if(test IN_LIST waiting)
    set_tests_properties(${test} PROPERTIES PROCESSORS 1 RESOURCE_LOCK waiting COST 1000)
  else()
    set_tests_properties(${test} PROPERTIES PROCESSORS 2)
  endif()
endforeach()
foreach(item IN LISTS long)
  string(REPLACE ":" ";" item ${item})
  list(GET item 0 test)
  list(GET item 1 seconds)
  # Not each build has each test.
  if(test IN_LIST tests)
    set_tests_properties(${test} PROPERTIES COST ${seconds})
  endif()
endforeach()

# Those over the whole corpus look for wrong answers, in the code that others run over small data. Their label is `corpus`; the stage
# `release` runs them all. The stage `asan` leaves out what another test there runs with the sanitizers:
#
#   cli.public_full              cli.public_import, cli.wild_files
#   conllu.full                  conllu.fixture, conllu.foreign
#   editions.editions            unit.tokens and the others of src/text, the fuzzers pattern and utf8
#   query.docs_full              query.docs, query.random, query.results
#   research.full                compat.recordings, research.writes and its neighbours
#   statistics.measures_full     unit.wazn
#   statistics.published_full    statistics.random, v1.statistics, cli.stats
#   statistics.texts_full        statistics.texts
#   v1.attributes_full           v1.attributes, unit.columns_full
#   v1.quotations_full           v1.quotations
#   v1.reading_full              v1.reading, v1.morphology, v1.roots
#   v1.search_full               v1.search_text, v1.search_words
#
# Faults of memory that need much data (numbers that grow out of 16 bits, blocks of an index that are full, lists that are
# cut) would not show there. So the real data stay in two of them: compat.full imports the old server's folder and sends all
# recorded requests, by one client and by sixteen, and unit.columns_full makes the columns of the whole corpus and looks at all of them.
foreach(test IN LISTS tests)
  if(test MATCHES "^([a-z_0-9]+[.])?[a-z_0-9]*_?full$|^editions[.]" AND NOT test MATCHES "^(compat[.]full|unit[.].*)$")
    set_tests_properties(${test} PROPERTIES LABELS corpus)
  endif()
endforeach()
