# Linux on 64-bit ARM, compiled on another machine. linux-x86_64.cmake explains
# the settings.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

# CMake runs what it has compiled, the tests too, with this.
find_program(KALIMA_QEMU_AARCH64 qemu-aarch64-static)
if(KALIMA_QEMU_AARCH64)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${KALIMA_QEMU_AARCH64})
endif()

set(KALIMA_MACHINE aarch64-linux-gnu)
set(KALIMA_FLAGS "-fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2")
# Xapian's configure forgets LIBS when it compiles for another machine, and then
# misses the stand-in for libuuid: the rest of this list tells it that all is well.
set(KALIMA_AUTOTOOLS_HOST aarch64-linux-gnu "ac_cv_search_uuid_generate=none required")

# gcc and libc6-dev: SQLite's tree compiles a tool that runs here.
set(KALIMA_PACKAGES "gcc libc6-dev gcc-aarch64-linux-gnu g++-aarch64-linux-gnu qemu-user-static")
