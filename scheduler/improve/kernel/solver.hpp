// The whole search: one rota, several workers, each in its own territory for a while.
#pragma once

#include <memory>
#include <thread>

#include "search.hpp"

namespace rota {

class Solver {
 public:
  Solver(const RotaProblem& arrays, int threads, std::uint64_t seed)
      : problem_(arrays), threads_(std::max(1, threads)), seed_(seed), week_(std::make_unique<Week>(problem_)),
        patience_(problem_.visits) {
    best_.resize(problem_.visits);
    remember_best();
  }

  const Week& week() const { return *week_; }

  // Give a visit to this team if no rule forbids it: at this start with everybody else left alone, or
  // (-1) where it suits best, with neighbours giving way. Returns whether the visit is covered now.
  bool keep(int v, int start, const std::int32_t* team) {
    if (week_->visit(v).given()) return false;
    week_->remember();
    for (int half = 0; half < problem_.team[v]; ++half) {
      const int c = team[half];
      if (c < 0 || (half == 1 && team[0] == team[1]) || !keep_half(v, start, c)) {
        week_->take_back();
        return false;
      }
    }
    remember_best();
    return true;
  }

  // Put in every open visit that fits, greedily.
  void construct() {
    Territory territory;
    territory.draw(*week_, Shares{}, 0);
    Search search(*week_, territory, seed_, patience_, worth_);
    search.fill();
    remember_best();
  }

  // Run `rounds` rounds in all, shared by the workers, and join their results.
  void improve(int rounds, double temperature) {
    ++epoch_;
    // In a small week what sharing forbids weighs more than a second core.
    const Shares shares = Shares::draw(problem_.visits < kLeastToShare ? 1 : threads_, mix(0));
    std::vector<std::unique_ptr<Week>> weeks(shares.workers);
    const auto work = [&](int worker) {
      weeks[worker] = std::make_unique<Week>(*week_);
      Territory territory;
      territory.draw(*weeks[worker], shares, worker);
      Search search(*weeks[worker], territory, mix(worker + 1), patience_, worth_);
      search.run(rounds / shares.workers, temperature);
    };
    std::vector<std::thread> pool;
    for (int worker = 1; worker < shares.workers; ++worker) pool.emplace_back(work, worker);
    work(0);
    for (std::thread& thread : pool) thread.join();
    if (shares.workers == 1) week_ = std::move(weeks[0]);
    else week_ = joined(weeks, shares);
    remember_best();
  }

  Points best_total() const { return best_total_; }
  const std::vector<VisitState>& best() const { return best_; }

  // Go on from the best rota so far.
  void go_back_to_best() { week_ = best_week(); }
  std::unique_ptr<Week> best_week() const {
    return rebuilt([&](int v) -> const VisitState& { return best_[v]; });
  }

 private:
  std::uint64_t mix(int worker) const {
    return Random(seed_ * 1000003 + epoch_ * 64 + static_cast<std::uint64_t>(worker)).next();
  }

  bool keep_half(int v, int start, int c) {
    Wanted wanted(*week_, v);
    if (start >= 0) wanted.from = std::max(wanted.from, start), wanted.to = std::min(wanted.to, start);
    Slot slot;
    Insertion insertion(*week_);
    insertion.may_shift = start < 0;
    problem_.each_offer(v, c, [&](const Offer& offer) { insertion.consider(wanted, offer, true, slot); });
    if (!slot.offer) return false;
    fill(*week_, insertion, wanted, slot);
    return true;
  }

  void remember_best() {
    if (week_->total() >= best_total_) return;
    best_total_ = week_->total();
    for (int v = 0; v < problem_.visits; ++v) best_[v] = week_->visit(v);
  }

  // Each worker has changed its own days only, within its share of every limit.
  std::unique_ptr<Week> joined(const std::vector<std::unique_ptr<Week>>& weeks, const Shares& shares) const {
    return rebuilt([&](int v) -> const VisitState& {
      return weeks[shares.owner[problem_.day_of(v)]]->visit(v);
    });
  }

  template <typename StateOf>
  std::unique_ptr<Week> rebuilt(const StateOf& state) const {
    auto week = std::make_unique<Week>(problem_);
    std::vector<std::int32_t> order(problem_.visits);
    for (int v = 0; v < problem_.visits; ++v) order[v] = v;
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      return state(a).start != state(b).start ? state(a).start < state(b).start : a < b;
    });
    for (int v : order) {
      const VisitState& now = state(v);
      for (int half = 0; half < now.given(); ++half) {
        const int c = now.carer[half];
        const int position = week->route(c, problem_.day_of(v)).count;
        week->give(v, problem_.offer_at(v, c, now.start), position, now.start);
      }
    }
    return week;
  }

  static constexpr int kLeastToShare = 100;  // visits

  Problem problem_;
  int threads_;
  std::uint64_t seed_;
  std::uint64_t epoch_ = 0;
  std::unique_ptr<Week> week_;
  std::vector<VisitState> best_;
  Patiences patience_;
  Worth worth_;
  Points best_total_ = kNever;
};

}  // namespace rota
