// Week: one step of undo, which saves each carer-day, carer and visit at its first change.
#pragma once

#include "week.hpp"

namespace rota {

inline void Week::remember() {
  if (route_stamp_.empty()) {
    route_stamp_.assign(routes_.size(), 0);
    visit_stamp_.assign(visits_.size(), 0);
    carer_stamp_.assign(carers_.size(), 0);
  }
  ++stamp_;
  saved_route_count_ = 0;
  saved_visits_.clear();
  saved_carers_.clear();
  saved_pairs_.clear();
  saved_total_ = total_;
}

inline void Week::save_route(int index) {
  if (!stamp_ || route_stamp_[index] == stamp_) return;
  route_stamp_[index] = stamp_;
  if (saved_route_count_ == saved_routes_.size()) saved_routes_.emplace_back();
  SavedRoute& saved = saved_routes_[saved_route_count_++];
  saved.index = index;
  saved.route.copy_from(routes_[index]);
}

inline void Week::save_visit(int v) {
  if (!stamp_ || visit_stamp_[v] == stamp_) return;
  visit_stamp_[v] = stamp_;
  saved_visits_.push_back({v, visits_[v]});
}

inline void Week::save_carer(int c) {
  if (!stamp_ || carer_stamp_[c] == stamp_) return;
  carer_stamp_[c] = stamp_;
  saved_carers_.push_back({c, carers_[c]});
}

inline void Week::take_back() {
  for (std::size_t i = 0; i < saved_route_count_; ++i)
    routes_[saved_routes_[i].index].copy_from(saved_routes_[i].route);
  for (const SavedVisit& saved : saved_visits_) visits_[saved.visit] = saved.state;
  for (const SavedCarer& saved : saved_carers_) {
    carers_[saved.carer] = saved.week;
    refresh_hours(saved.carer);
  }
  for (auto row = saved_pairs_.rbegin(); row != saved_pairs_.rend(); ++row) {
    const bool before = pairs_[row->first] > 0;
    pairs_[row->first] = static_cast<std::int16_t>(pairs_[row->first] - row->second);
    different_[row->first / problem.carers] += (pairs_[row->first] > 0) - before;
  }
  total_ = saved_total_;
  remember();
}

}  // namespace rota
