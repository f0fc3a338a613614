# Windows on x86-64, compiled on another machine with mingw-w64. The variant
# with POSIX threads, as only it has std::thread and std::mutex. linux-x86_64.cmake
# explains the settings.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

# CMake runs what it has compiled, the tests too, with this.
find_program(KALIMA_WINE wine64 PATHS /usr/lib/wine)
if(KALIMA_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${KALIMA_WINE})
endif()

set(KALIMA_MACHINE x86_64-w64-mingw32)
# Neither position-independent code nor glibc's checks: the one is always so
# here, the others would want a library of their own.
set(KALIMA_FLAGS "-D_FORTIFY_SOURCE=0")
# With C++17, `byte` of Windows' headers and std::byte are ambiguous in Xapian.
set(KALIMA_XAPIAN_CXXFLAGS "-std=gnu++14")
set(KALIMA_SYSTEM_UUID ON)
set(KALIMA_AUTOTOOLS_HOST x86_64-w64-mingw32)

# gcc and libc6-dev: SQLite's tree compiles a tool that runs here.
set(KALIMA_PACKAGES "gcc libc6-dev gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix")
