# macOS, for both of its processors in one file.
#
# UNTESTED: nobody has built this target yet. It wants a Mac with Xcode's
# command-line tools and, from Homebrew, what build.sh calls: bash, cmake,
# ninja, coreutils (sha256sum), util-linux (flock), xz and icu4c (icupkg);
# and KALIMA_DEPS_DIR with the archives, as there is no apt. linux-x86_64.cmake
# explains the settings.
set(CMAKE_C_COMPILER clang)
set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_OSX_ARCHITECTURES "arm64;x86_64")
# The first with a complete std::filesystem and floating-point std::to_chars.
set(CMAKE_OSX_DEPLOYMENT_TARGET 13.3)

set(KALIMA_MACHINE "*-apple-darwin")
# For Xapian, whose build does not read CMake's settings.
set(KALIMA_XAPIAN_CXXFLAGS "-arch arm64 -arch x86_64 -mmacosx-version-min=13.3")
set(KALIMA_FLAGS "-fstack-protector-strong -D_FORTIFY_SOURCE=2")
set(KALIMA_AUTOTOOLS_HOST "")
set(KALIMA_PACKAGES "")
