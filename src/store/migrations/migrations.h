// The steps from one version of the schema to the next: to_N brings a database of version N - 1 to version N. Each is
// one file, which is never changed once it is in a program that somebody has: databases of that version exist. So a
// step uses only what cannot change either, SQL and JSON, and no other code of Kalima.
//
// Each runs in the caller's transaction. Throws Error.
#pragma once

#include "store/sqlite.h"

namespace kalima::store::migrations {

void to_1(Connection& connection);
void to_2(Connection& connection);
void to_3(Connection& connection);
void to_4(Connection& connection);

using Step = void (*)(Connection&);
inline constexpr Step steps[] = {to_1, to_2, to_3, to_4};

}  // namespace kalima::store::migrations
