#include "solvers.h"

const solver solvers[] = {
#define SOLVER(name, low, high, finest, smooth) {#name, solver_##name, solver_##name##_slope, low, high, finest, smooth},
#include "solvers.def"
#undef SOLVER
};

const size_t nsolvers = sizeof solvers / sizeof *solvers;
