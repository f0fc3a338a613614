# What `cmake --install` puts where, and the Debian package made of it by `cpack -G DEB`.
include(GNUInstallDirs)

# Only the program is needed of the build, not its tests.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(TARGETS kalima RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# The other systems take the one file.
if(NOT CMAKE_SYSTEM_NAME STREQUAL Linux)
  return()
endif()
set(here ${CMAKE_CURRENT_LIST_DIR})
install(FILES ${here}/service/kalima.service DESTINATION lib/systemd/system)
install(FILES ${here}/desktop/kalima.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${here}/desktop/kalima.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${here}/desktop/kalima.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/RUNBOOK.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  ${CMAKE_SOURCE_DIR}/LICENSE ${here}/debian/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/kalima)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs ${KALIMA_DEPS_ROOT}/licenses DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/kalima)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kalima)
set(CPACK_PACKAGE_VENDOR Kalima)
set(CPACK_PACKAGE_CONTACT "the authors of Kalima <kalima@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "search server for Quranic morphology")
set(CPACK_PACKAGE_DESCRIPTION "Kalima searches the words of the Quran by root, features, syntax, letters and text, and keeps
what its users write about them, in one SQLite file. It is used in the browser.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_STRIP_FILES OFF)  # the release is linked stripped
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)  # it is static
set(CPACK_DEBIAN_PACKAGE_SUGGESTS xdg-utils)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${here}/debian/postinst ${here}/debian/prerm ${here}/debian/postrm)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
