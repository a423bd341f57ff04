// Chains side by side, one thread each, which meet when they are told to.
#pragma once

#include <memory>
#include <thread>

#include "search.hpp"

namespace soft {

class Solver {
 public:
  Solver(const FlexibleArrays& arrays, int threads, std::uint64_t seed) : problem_(arrays) {
    for (int i = 0; i < std::max(1, threads); ++i)
      chains_.push_back(std::make_unique<Search>(problem_, seed * 0x9E3779B97F4A7C15ULL + i));
  }

  const Problem& problem() const { return problem_; }

  void improve(int rounds, double temperature, double spread) {
    std::vector<std::thread> pool;
    for (std::size_t i = 1; i < chains_.size(); ++i)
      pool.emplace_back([&, i] { chains_[i]->run(rounds, temperature, spread); });
    chains_[0]->run(rounds, temperature, spread);
    for (std::thread& thread : pool) thread.join();
  }

  // Every chain goes on from the cheapest current plan.
  void meet() {
    std::size_t cheapest = 0;
    for (std::size_t i = 1; i < chains_.size(); ++i)
      if (chains_[i]->plan.total() < chains_[cheapest]->plan.total()) cheapest = i;
    for (auto& chain : chains_)
      if (chain != chains_[cheapest]) chain->follow(chains_[cheapest]->plan);
  }

  void go_back_to_best() {
    const Search& leader = best();
    for (auto& chain : chains_) chain->follow(leader.best);
  }

  const Search& best() const {
    const Search* found = chains_[0].get();
    for (const auto& chain : chains_)
      if (chain->best_total < found->best_total) found = chain.get();
    return *found;
  }

 private:
  const Problem problem_;
  std::vector<std::unique_ptr<Search>> chains_;
};

}  // namespace soft
