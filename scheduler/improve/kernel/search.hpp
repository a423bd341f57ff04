// Rounds of ruin and recreate under simulated annealing, inside one territory.
#pragma once

#include "recreate.hpp"
#include "ruin.hpp"
#include "worth.hpp"

namespace rota {

class Search {
 public:
  Search(Week& week, const Territory& territory, std::uint64_t seed, Patiences& patience, Worth& worth)
      : week_(week), territory_(territory), random_(seed), patience_(patience), worth_(worth),
        recreate_(week, random_, patience.long_looks), ruin_(week, territory, random_),
        rank_(week.problem.visits) {
    for (int v : territory.visits)
      if (week.visit(v).given() < week.problem.team[v]) open_.push_back(v);
  }

  // `temperature` in thousandths of a point.
  void run(int rounds, double temperature) {
    if (territory_.visits.empty() || week_.problem.carers == 0) return;
    const SeedDraw seeds(week_.problem, territory_.visits, worth_);
    for (int i = 0; i < rounds; ++i) round(seeds, temperature);
  }

  // Put in what still fits, hardest first; nothing that is in moves out.
  void fill() {
    order_by_hardness(open_);
    for (int v : open_) recreate_.place(v);
    refresh_open();
  }

 private:
  void round(const SeedDraw& seeds, double temperature) {
    const Points before = week_.total();
    week_.remember();
    const int seed = seed_visit(seeds);
    ruin(seed);
    recreate();
    const double allowed = static_cast<double>(before) + temperature * random_.exponential();
    if (static_cast<double>(week_.total()) <= allowed) refresh_open();
    else week_.take_back();
    worth_.tried(Worth::part_of(week_.problem, seed), before - week_.total());
    if (begun_with_ >= 0) patience_.rounds.tried(begun_with_, week_.visit(begun_with_).given());
  }

  int seed_visit(const SeedDraw& seeds) {
    begun_with_ = kNone;
    if (!open_.empty() && random_.chance(400)) {
      const int v = open_[random_.below(static_cast<int>(open_.size()))];
      if (patience_.rounds.holds(v, random_)) return begun_with_ = v;
    }
    return seeds.draw(random_);
  }

  void ruin(int seed) {
    ruin_.begin();
    const int kind = random_.below(100);
    if (kind < 40) ruin_.strings_near(seed, 6);
    else if (kind < 55) ruin_.move_day(seed);
    else if (kind < 70) ruin_.client_slot(seed);
    else if (kind < 95) ruin_.whole_days(seed, random_.between(1, 3));
    else ruin_.carer_week(random_.below(week_.problem.carers));
  }

  void recreate() {
    const Problem& problem = week_.problem;
    order_.assign(ruin_.removed.begin(), ruin_.removed.end());
    // Open visits near what was taken out may fit now, with the carers who have changed.
    collect_open_nearby();
    sort_order();
    recreate_.blink_per_mille = 15;
    recreate_.cleared = &ruin_.cleared;
    recreate_.banned_carer = ruin_.banned_carer, recreate_.banned_day = ruin_.banned_day;
    for (int v : order_) {
      if (week_.visit(v).given() == problem.team[v]) continue;
      recreate_.place(v);
    }
    recreate_.banned_carer = kNone;
  }

  void collect_open_nearby() {
    constexpr std::size_t kMost = 12;
    const Problem& problem = week_.problem;
    if (open_.empty() || ruin_.removed.empty()) return;
    const std::size_t taken = order_.size();
    for (int draw = 0; draw < 3; ++draw) {
      const int v = ruin_.removed[random_.below(static_cast<int>(ruin_.removed.size()))];
      for (int row = problem.neighbour_begin[v]; row < problem.neighbour_begin[v + 1]; ++row) {
        const int u = problem.neighbours[row];
        if (!territory_.may_move[u] || week_.visit(u).given()) continue;
        if (std::find(order_.begin(), order_.end(), u) != order_.end()) continue;
        order_.push_back(u);
        if (order_.size() >= taken + kMost) return;
      }
    }
  }

  // The order decides who gets the best places: sometimes the dear ones, sometimes those whom few
  // can serve, sometimes by the clock, often at random.
  void sort_order() {
    const Problem& problem = week_.problem;
    const int way = random_.below(10);
    for (int v : order_) {
      std::int64_t key = random_.below(1 << 20);
      if (way >= 4 && way < 7) key = -problem.unassigned[v];
      else if (way >= 7 && way < 9) key = problem.offer_begin[v + 1] - problem.offer_begin[v] - 1000 * problem.team[v];
      else if (way == 9) key = problem.target[v];
      rank_[v] = key;
    }
    for (int i = 0; i < ruin_.urgent; ++i) rank_[ruin_.removed[i]] -= std::int64_t{1} << 50;
    std::sort(order_.begin(), order_.end(),
              [&](int a, int b) { return rank_[a] != rank_[b] ? rank_[a] < rank_[b] : a < b; });
  }

  void order_by_hardness(std::vector<std::int32_t>& visits) {
    const Problem& problem = week_.problem;
    for (int v : visits) {
      const std::int64_t choice = problem.offer_begin[v + 1] - problem.offer_begin[v];
      rank_[v] = choice - 100000 * (problem.team[v] == 2) - problem.unassigned[v] / problem.minutes[v] / 10;
    }
    std::sort(visits.begin(), visits.end(),
              [&](int a, int b) { return rank_[a] != rank_[b] ? rank_[a] < rank_[b] : a < b; });
  }

  void refresh_open() {
    for (int v : order_)
      if (week_.visit(v).given() < week_.problem.team[v]) open_.push_back(v);
    std::sort(open_.begin(), open_.end());
    open_.erase(std::unique(open_.begin(), open_.end()), open_.end());
    std::erase_if(open_, [&](int v) { return week_.visit(v).given() == week_.problem.team[v]; });
  }

  Week& week_;
  const Territory& territory_;
  Random random_;
  Patiences& patience_;
  Worth& worth_;
  int begun_with_ = kNone;  // the open visit that the round in progress began with
  Recreate recreate_;
  Ruin ruin_;
  std::vector<std::int64_t> rank_;
  std::vector<std::int32_t> open_, order_;
};

}  // namespace rota
