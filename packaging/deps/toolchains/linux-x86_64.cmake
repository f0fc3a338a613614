# Linux on x86-64, compiled on such a machine.
#
# The compilers are named here, not taken from CC and CXX, so that every
# developer's application compiler (g++ or clang++) shares one prefix.
# build.sh reads single settings out of this file with sed: keep each on one
# line.
set(CMAKE_C_COMPILER gcc)
set(CMAKE_CXX_COMPILER g++)

# Must be how `$CXX -dumpmachine` begins.
set(KALIMA_MACHINE x86_64-linux-gnu)

# -fPIE, not -fPIC: the code goes into programs only, static or static-pie.
set(KALIMA_FLAGS "-fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2")

# The value for autotools' --host; empty means native.
set(KALIMA_AUTOTOOLS_HOST "")

# Debian packages that building for this target needs besides the common ones.
set(KALIMA_PACKAGES "gcc g++ libc6-dev")
