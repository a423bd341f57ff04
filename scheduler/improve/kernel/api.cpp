// The face that Python loads with ctypes. Solvers share nothing; one solver is used by one caller at a time.
#include "solver.hpp"
#include "terms.hpp"

extern "C" {

rota::Solver* rota_create(const RotaProblem* problem, std::int32_t threads, std::uint64_t seed) {
  return new rota::Solver(*problem, threads, seed);
}

void rota_free(rota::Solver* solver) { delete solver; }

// Start -1: wherever it suits. `team` has two entries, -1 where there is nobody.
std::int32_t rota_keep(rota::Solver* solver, std::int32_t visit, std::int32_t start, const std::int32_t* team) {
  return solver->keep(visit, start, team);
}

void rota_construct(rota::Solver* solver) { solver->construct(); }

// `temperature` in thousandths of a point.
void rota_improve(rota::Solver* solver, std::int32_t rounds, double temperature) {
  solver->improve(rounds, temperature);
}

void rota_go_back_to_best(rota::Solver* solver) { solver->go_back_to_best(); }

// The running total of the best rota, in thousandths of a point. What is published and no longer kept
// is counted from zero here and from the promise in `rota_terms`.
std::int64_t rota_best_total(const rota::Solver* solver) { return solver->best_total(); }
std::int64_t rota_total(const rota::Solver* solver) { return solver->week().total(); }

void rota_terms(const rota::Solver* solver, std::int64_t* terms) {
  rota::add_up_terms(*solver->best_week(), terms);
}

// Start and team per visit of the best rota; carer -1 where nobody goes.
void rota_read_best(const rota::Solver* solver, std::int32_t* start, std::int32_t* carers) {
  int v = 0;
  for (const rota::VisitState& visit : solver->best()) {
    start[v] = visit.start;
    carers[2 * v] = visit.carer[0];
    carers[2 * v + 1] = visit.carer[1];
    ++v;
  }
}

}  // extern "C"
