// The whole search: one rota, several workers, each in its own territory for a while.
#pragma once

#include <memory>
#include <thread>

#include "search.hpp"

namespace rota {

class Solver {
 public:
  Solver(const RotaProblem& arrays, int threads, std::uint64_t seed)
      : problem_(arrays), threads_(std::max(1, threads)), seed_(seed), week_(std::make_unique<Week>(problem_)) {
    best_.resize(problem_.visits);
    remember_best();
    owner_of_client_.assign(problem_.clients, 0);
    owner_of_carer_.assign(problem_.carers, 0);
  }

  const Week& week() const { return *week_; }

  // Give a visit to this team if no rule forbids it: at this start with everybody else left alone, or
  // (-1) where it suits best, with neighbours giving way. Returns whether the visit is covered now.
  bool keep(int v, int start, const std::int32_t* team) {
    if (week_->visit(v).given()) return false;
    week_->remember();
    for (int half = 0; half < problem_.team[v]; ++half) {
      const Offer* offer = team[half] >= 0 ? problem_.offer(v, team[half]) : nullptr;
      if (!offer || (half == 1 && team[0] == team[1]) || !keep_half(v, start, *offer)) {
        week_->take_back();
        return false;
      }
    }
    remember_best();
    return true;
  }

  // Put in every open visit that fits, greedily.
  void construct() {
    share_out(1);
    Territory territory;
    territory.draw(*week_, owner_of_client_, owner_of_carer_, 0);
    Search search(*week_, territory, seed_);
    search.fill();
    remember_best();
  }

  // Run `rounds` rounds in all, shared by the workers, and join their results.
  void improve(int rounds, double temperature) {
    ++epoch_;
    share_out(threads_);
    std::vector<std::unique_ptr<Week>> weeks;
    std::vector<std::unique_ptr<Territory>> territories;
    for (int worker = 0; worker < threads_; ++worker) {
      weeks.push_back(std::make_unique<Week>(*week_));
      territories.push_back(std::make_unique<Territory>());
    }
    const auto work = [&](int worker) {
      territories[worker]->draw(*weeks[worker], owner_of_client_, owner_of_carer_, worker);
      Search search(*weeks[worker], *territories[worker], mix(worker));
      search.run(rounds / threads_, temperature);
    };
    std::vector<std::thread> pool;
    for (int worker = 1; worker < threads_; ++worker) pool.emplace_back(work, worker);
    work(0);
    for (std::thread& thread : pool) thread.join();
    if (threads_ == 1) week_ = std::move(weeks[0]);
    else week_ = joined(weeks, territories);
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

  bool keep_half(int v, int start, const Offer& offer) {
    Wanted wanted(*week_, v);
    if (start >= 0) wanted.from = std::max(wanted.from, start), wanted.to = std::min(wanted.to, start);
    Slot slot;
    Insertion insertion(*week_);
    insertion.may_shift = start < 0;
    insertion.consider(wanted, offer, true, slot);
    if (!slot.offer) return false;
    fill(*week_, insertion, wanted, slot);
    return true;
  }

  void remember_best() {
    if (week_->total() >= best_total_) return;
    best_total_ = week_->total();
    for (int v = 0; v < problem_.visits; ++v) best_[v] = week_->visit(v);
  }

  // Cut the country into strips of about equal work along a random direction, so that borders fall
  // elsewhere each time.
  void share_out(int workers) {
    std::fill(owner_of_client_.begin(), owner_of_client_.end(), 0);
    std::fill(owner_of_carer_.begin(), owner_of_carer_.end(), 0);
    if (workers == 1) return;
    Random random(seed_ * 7919 + epoch_);
    // Far apart is far by travel from a random client: strips become rings, without coordinates.
    const int centre = problem_.client_place[random.below(problem_.clients)];
    const auto far = [&](int client) {
      return problem_.travel_minutes[static_cast<std::size_t>(centre) * problem_.places + problem_.client_place[client]];
    };
    std::vector<int> work(problem_.clients, 0);
    long sum = 0;
    for (int v = 0; v < problem_.visits; ++v) work[problem_.visit_client[v]] += problem_.team[v], sum += problem_.team[v];
    std::vector<std::pair<int, int>> order;
    for (int k = 0; k < problem_.clients; ++k) order.emplace_back(far(k), k);
    std::sort(order.begin(), order.end());
    long done = 0;
    for (const auto& [distance, client] : order) {
      owner_of_client_[client] = std::min<int>(workers - 1, static_cast<int>(done * workers / std::max(1L, sum)));
      done += work[client];
    }
    // A carer goes where most of their visits are.
    std::vector<int> count(workers);
    for (int c = 0; c < problem_.carers; ++c) {
      std::fill(count.begin(), count.end(), 0);
      for (int d = 0; d < kDays; ++d) {
        const DayRoute& route = week_->route(c, d);
        for (int i = 0; i < route.count; ++i) ++count[owner_of_client_[problem_.visit_client[route.stops[i].visit]]];
      }
      const auto most = std::max_element(count.begin(), count.end());
      owner_of_carer_[c] = *most > 0 ? static_cast<int>(most - count.begin()) : random.below(workers);
    }
  }

  // Only the owner of a client has moved its visits, and only its own carers.
  std::unique_ptr<Week> joined(const std::vector<std::unique_ptr<Week>>& weeks,
                               const std::vector<std::unique_ptr<Territory>>& territories) const {
    return rebuilt([&](int v) -> const VisitState& {
      for (std::size_t w = 0; w < weeks.size(); ++w)
        if (territories[w]->may_move[v]) return weeks[w]->visit(v);
      // Nobody could move it to other people, but its start may have given way.
      const int carer = week_->visit(v).carer[0];
      return carer >= 0 ? weeks[owner_of_carer_[carer]]->visit(v) : week_->visit(v);
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
        week->give(v, *problem_.offer(v, c), week->route(c, problem_.day_of(v)).count, now.start);
      }
    }
    return week;
  }

  Problem problem_;
  int threads_;
  std::uint64_t seed_;
  std::uint64_t epoch_ = 0;
  std::unique_ptr<Week> week_;
  std::vector<int> owner_of_client_, owner_of_carer_;
  std::vector<VisitState> best_;
  Points best_total_ = kNever;
};

}  // namespace rota
