// One chain of ruin and recreate under simulated annealing.
#pragma once

#include "insertion.hpp"
#include "ruin.hpp"

namespace soft {

class Search {
 public:
  Search(const Problem& problem, std::uint64_t seed)
      : problem(problem), plan(problem), best(problem), random_(seed), insertion_(plan, random_), ruin_(plan, random_),
        rank_(problem.jobs) {
    for (int j = 0; j < problem.jobs; ++j) order_.push_back(j);
    for (int j : order_)
      rank_[j] = problem.open(problem.part_begin[j]) - (problem.parts_of(j) > 1 ? 1 << 20 : 0);
    sort_order();
    insertion_.blink_per_mille = 0;
    for (int j : order_) insertion_.place(j);
    plan.commit();
    plan.renumber();
    find_open();
    note_best();
  }

  // `spread`: how much of the idle price falls on the next idlest, see `Plan::share_idle`.
  void run(int rounds, double temperature, double spread) {
    plan.share_idle(spread);
    if (problem.jobs == 0 || problem.routes == 0) return;
    for (int i = 0; i < rounds; ++i) {
      if (++rounds_ % 500 == 0) plan.renumber();
      round(temperature);
    }
  }

  // Go on from another chain's plan.
  void follow(const Plan& other) {
    plan.copy_from(other);
    plan.renumber();
    find_open();
    note_best();
  }

  void follow_best() { follow(best); }

  const Problem& problem;
  Plan plan, best;
  std::int64_t best_total = INT64_MAX;

 private:
  void round(double temperature) {
    const Plan::Mark mark = plan.mark();
    const std::int64_t before = plan.total();
    ruin();
    plan.settle();
    recreate();
    const std::int64_t after = plan.total();
    if (static_cast<double>(after - before) > temperature * random_.exponential()) {
      plan.take_back(mark);
      plan.commit();
      return;
    }
    plan.commit();
    find_open();
    note_best();
  }

  void ruin() {
    ruin_.begin();
    const int seed = !open_.empty() && random_.chance(100) ? open_[random_.below(static_cast<int>(open_.size()))]
                                                           : random_.below(problem.jobs);
    const int kind = random_.below(100);
    if (problem.is_break(problem.part_begin[seed])) {
      const int part = problem.part_begin[seed];
      if (plan.is_in(part)) ruin_.take_out(seed);
      else ruin_.removed.push_back(seed);
      return;
    }
    if (kind < 55) ruin_.strings(seed, 10, 8);
    else if (kind < 80) ruin_.nearest(seed, random_.between(1, 6));
    else if (kind < 82) ruin_.whole_route(random_.below(problem.routes));
    else two_tails(seed);
    ruin_.some_breaks();
  }

  void two_tails(int seed) {
    const int part = problem.part_begin[seed];
    if (!plan.is_in(part)) return ruin_.nearest(seed, 3);
    for (int k : problem.neighbours[seed]) {
      const int other = problem.part_begin[k];
      if (!plan.is_in(other) || plan.route[other] == plan.route[part] || random_.chance(500)) continue;
      const int a = plan.route[part], b = plan.route[other];
      if (random_.chance(300)) return ruin_.tails(a, b, plan.start[part]);
      if (!same_day(a, b)) return ruin_.nearest(seed, 3);
      ruin_.change_over(part, b);
      plan.settle();
      if (random_.chance(500)) ruin_.nearest(seed, static_cast<int>(ruin_.removed.size()) + random_.between(1, 3));
      return;
    }
  }

  bool same_day(int a, int b) const { return a % problem.days == b % problem.days; }

  void recreate() {
    order_.assign(ruin_.removed.begin(), ruin_.removed.end());
    add_open();
    const int way = random_.below(10);
    for (int j : order_) {
      const int part = problem.part_begin[j];
      std::int64_t key = random_.below(1 << 20);
      if (way >= 4 && way < 6) key = problem.open(part);
      else if (way == 6) key = -problem.open(part);
      else if (way == 7) key = static_cast<std::int64_t>(problem.able[part].size());
      else if (way >= 8) key -= problem.parts_of(j) > 1 ? 1 << 21 : 0;
      if (problem.is_break(part) && way % 2) key += 1 << 30;
      rank_[j] = key;
    }
    sort_order();
    insertion_.blink_per_mille = 10;
    for (int j : order_)
      if (!plan.job_in(j)) insertion_.place(j);
  }

  // Jobs that are left out may fit now.
  void add_open() {
    constexpr int kMost = 6;
    if (open_.empty()) return;
    for (int i = 0; i < kMost; ++i) {
      const int j = open_[random_.below(static_cast<int>(open_.size()))];
      if (std::find(order_.begin(), order_.end(), j) == order_.end()) order_.push_back(j);
    }
  }

  void sort_order() {
    std::sort(order_.begin(), order_.end(), [&](int a, int b) { return rank_[a] != rank_[b] ? rank_[a] < rank_[b] : a < b; });
  }

  void find_open() {
    open_.clear();
    for (int j = 0; j < problem.jobs; ++j)
      if (!plan.job_in(j)) open_.push_back(j);
  }

  void note_best() {
    const std::int64_t total = plan.exact_total();
    if (total >= best_total) return;
    best_total = total;
    best.copy_from(plan);
  }

  rota::Random random_;
  Insertion insertion_;
  Ruin ruin_;
  std::vector<std::int64_t> rank_;
  std::vector<std::int32_t> order_, open_;
  std::uint64_t rounds_ = 0;
};

}  // namespace soft
