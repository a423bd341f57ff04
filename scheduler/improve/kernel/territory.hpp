// The part of the week that one worker may change: some carers, and visits only they make.
//
// A client belongs to one territory, so that nothing that is priced across carers (continuity,
// double-ups, visits that come after one another) is ever changed from two sides at once.
#pragma once

#include "week.hpp"

namespace rota {

struct Territory {
  std::vector<std::uint8_t> has_carer;     // by carer
  std::vector<std::uint8_t> may_move;      // by visit
  std::vector<std::int32_t> visits;        // those that may move
  std::vector<std::int32_t> carers;
  std::vector<std::int32_t> offer_begin;   // by visit
  std::vector<Offer> offers;               // only this territory's carers

  // `owner_of_client` and `owner_of_carer` name a worker each; `me` is this one.
  void draw(Week& week, const std::vector<int>& owner_of_client,
            const std::vector<int>& owner_of_carer, int me) {
    const Problem& problem = week.problem;
    has_carer.assign(problem.carers, 0), may_move.assign(problem.visits, 0);
    visits.clear(), carers.clear(), offers.clear();
    offer_begin.assign(1, 0);
    for (int c = 0; c < problem.carers; ++c)
      if (owner_of_carer[c] == me) has_carer[c] = 1, carers.push_back(c);
    std::vector<std::uint8_t> pinned(problem.visits, 0);
    const auto is_mine = [&](int v) { return owner_of_client[problem.visit_client[v]] == me; };
    for (int v = 0; v < problem.visits; ++v) {
      bool links_are_mine = is_mine(v);
      if (problem.after_visit[v] >= 0) links_are_mine = links_are_mine && is_mine(problem.after_visit[v]);
      for (int row = problem.follower_begin[v]; row < problem.follower_begin[v + 1]; ++row)
        links_are_mine = links_are_mine && is_mine(problem.followers[row]);
      const bool has_links = problem.after_visit[v] >= 0 ||
                             problem.follower_begin[v] < problem.follower_begin[v + 1];
      pinned[v] = has_links && !links_are_mine;
      bool mine = links_are_mine && !problem.locked[v];
      for (int c : week.visit(v).carer) mine = mine && (c < 0 || has_carer[c]);
      if (mine) {
        may_move[v] = 1;
        visits.push_back(v);
        for (int o = problem.offer_begin[v]; o < problem.offer_begin[v + 1]; ++o)
          if (has_carer[problem.offers[o].carer]) offers.push_back(problem.offers[o]);
      }
      offer_begin.push_back(static_cast<std::int32_t>(offers.size()));
    }
    week.pin(std::move(pinned));
  }
};

}  // namespace rota
