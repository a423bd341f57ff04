// The face that Python loads with ctypes. Solvers share nothing; one solver is used by one caller at a time.
#include "solver.hpp"

extern "C" {

soft::Solver* soft_create(const FlexibleArrays* arrays, std::int32_t threads, std::uint64_t seed) {
  return new soft::Solver(*arrays, threads, seed);
}

void soft_free(soft::Solver* solver) { delete solver; }

void soft_improve(soft::Solver* solver, std::int32_t rounds, double temperature, double spread) {
  solver->improve(rounds, temperature, spread);
}

void soft_meet(soft::Solver* solver) { solver->meet(); }

void soft_go_back_to_best(soft::Solver* solver) { solver->go_back_to_best(); }

std::int64_t soft_best_total(const soft::Solver* solver) { return solver->best().best_total; }

// Of the best plan: per part its route (-1 where left out), its position there and its start; per route the delay
// of its early part is in the starts already. A break's place is `where`.
void soft_read_best(const soft::Solver* solver, std::int32_t* route, std::int32_t* position, std::int32_t* start,
                    std::int32_t* where) {
  const soft::Problem& problem = solver->problem();
  const soft::Plan& plan = solver->best().best;
  for (int p = 0; p < problem.parts; ++p) route[p] = plan.route[p], where[p] = plan.place[p];
  for (int r = 0; r < problem.routes; ++r) {
    int left = plan.delay_of(r), at = 0;
    for (int node = plan.next[plan.head(r)]; plan.is_part(node); node = plan.next[node]) {
      if (at > 0) left = std::max(0, left - (plan.start[node] - plan.ready_at(plan.prev[node], plan.place[node])));
      start[node] = plan.start[node] + left;
      position[node] = at++;
    }
  }
}

}  // extern "C"
