// What giving a visit to a carer would cost, without doing it.
//
// Between neighbours that stay where they are every check takes constant time. Where the gap is too
// short the neighbours give way: earlier ones become earlier, later ones later, and the day is priced
// anew. Such a shift is tried only when the visits' room (`soonest`, `farthest`) says that it fits.
#pragma once

#include <array>

#include "week.hpp"

namespace rota {

// A place for a visit in a carer's day.
struct Slot {
  Points cost = kNever;
  const Offer* offer = nullptr;
  int position = 0;
  int start = 0;
  bool shifts = false;  // neighbours must give way
};

// The visit to place, and the starts that are open to it.
struct Wanted {
  Wanted(const Week& week, int visit)
      : visit(visit),
        day(week.problem.day_of(visit)),
        place(week.problem.place_of(visit)),
        client(week.problem.visit_client[visit]),
        minutes(week.problem.minutes[visit]),
        aim(week.problem.published_start[visit] >= 0 ? week.problem.published_start[visit]
                                                     : week.problem.target[visit]),
        is_plain(week.problem.is_plain(visit)),
        from(std::max(week.problem.earliest[visit], week.after_from(visit))),
        to(std::min(week.problem.latest[visit], week.after_to(visit))) {
    // The second half of a double-up starts with the first.
    if (week.visit(visit).given()) from = to = week.visit(visit).start;
  }

  int visit, day, place, client, minutes;
  int aim;  // the start to aim for in the visit's own window: what was promised, else the client's
  bool is_plain;
  int from, to;
};

class Insertion {
 public:
  // Without `may_shift` every visit stays where it is.
  bool may_shift = true;

  explicit Insertion(const Week& week) : week_(week), problem_(week.problem) {}

  // Improve `best` with the cheapest way to give the visit to this carer. The cost includes the start's
  // own points only where `prices_start`; a double-up adds them once for both.
  void consider(const Wanted& wanted, const Offer& offer, bool prices_start, Slot& best) {
    if (week_.longest(wanted.day)[offer.carer] < wanted.minutes) return;
    wanted_ = &wanted, offer_ = &offer, best_ = &best, prices_start_ = prices_start;
    carer_ = offer.carer;
    carer_week_ = &week_.carer(carer_);
    route_ = &week_.route(carer_, wanted.day);
    from_ = std::max({wanted.from, offer.from, carer_week_->soonest[wanted.day]});
    to_ = std::min({wanted.to, offer.to, carer_week_->farthest[wanted.day] - wanted.minutes});
    if (from_ > to_) return;
    aim_ = wanted.is_plain ? wanted.aim : problem_.aim_of(wanted.visit, offer);
    has_soft_ends_ = !wanted.is_plain;
    price_carer();
    if (route_->count == 0) {
      consider_free_day();
      return;
    }
    least_points_ = base_points_ + least_change();
    if (least_points_ >= best.cost) return;
    stretch_ = problem_.stretch[carer_], break_ = problem_.break_minutes[carer_];
    travel_from_ = problem_.travel_from(carer_, wanted.place);
    travel_to_ = problem_.travel_to(carer_, wanted.place);
    for (int position = 0; position <= route_->count; ++position)
      if (!consider_position(position)) break;
  }

  // The starts that make room for a slot which shifts its neighbours, in the order of the new day.
  // The visit itself is the entry at `slot.position`. Returns the number of stops.
  int shifted_starts(const Wanted& wanted, const Slot& slot, std::int32_t* starts) {
    wanted_ = &wanted, carer_ = slot.offer->carer;
    route_ = &week_.route(carer_, wanted.day);
    cascade(slot.position, slot.start, starts);
    return route_->count + 1;
  }

 private:
  // What does not depend on the time of day: the client's continuity, wishes about clients and days.
  void price_carer() {
    base_points_ = offer_->points;
    if (week_.visits_to(wanted_->client, carer_) == 0) {
      const int different = week_.different_carers(wanted_->client);
      base_points_ += problem_.extra_carer_points(wanted_->client, different + 1) -
                      problem_.extra_carer_points(wanted_->client, different);
    }
    base_pain_ = 0;
    for (int row = problem_.wish_begin[carer_]; row < problem_.wish_begin[carer_ + 1]; ++row) {
      if (problem_.wish_client[row] != wanted_->client) continue;
      const int cap = problem_.wish_cap[row];
      if (cap == 0) base_pain_ += problem_.wish_points[row];
      else if (week_.visits_to(wanted_->client, carer_) < cap) base_pain_ -= problem_.wish_points[row];
    }
    if (route_->count == 0) {
      base_pain_ += problem_.day_off[carer_ * kDays + wanted_->day];
      const bool weekend = week_.route(carer_, 5).count || week_.route(carer_, 6).count;
      if (wanted_->day >= 5 && !weekend) base_pain_ += problem_.weekend_off[carer_];
    }
    avoids_ = problem_.avoid_begin[carer_] < problem_.avoid_begin[carer_ + 1];
  }

  // What a visit on a day with visits changes at the least in hours, gaps and wishes. More travel
  // than none costs more than it makes up for in contract hours, unless the weights are odd.
  Points least_change() const {
    const int work = carer_week_->work;
    const Gap& gaps = route_->gaps;
    Points hours = problem_.contract_points(carer_, work + wanted_->minutes) - problem_.contract_points(carer_, work);
    if (problem_.shortfall > problem_.travel) hours -= problem_.shortfall * problem_.split_gap;
    Points least_pain = base_pain_, saved = problem_.idle * std::min(gaps.idle, problem_.split_gap);
    if (gaps.splits) saved += problem_.split, least_pain -= problem_.no_split[carer_];
    saved += problem_.over_vote * (gaps.over + (gaps.splits ? 1 : 0));
    const Points pain = carer_week_->pain;
    return hours - saved + week_.pain_points(pain + least_pain) - week_.pain_points(pain);
  }

  Points carer_points(const Gap& change, Points pain_change, int contact_change) const {
    const int work = carer_week_->work;
    const Points pain = carer_week_->pain, new_pain = pain + pain_change;
    const int splits = carer_week_->splits;
    return gap_points(problem_, change) +
           problem_.splits_over_vote_points(splits + change.splits) - problem_.splits_over_vote_points(splits) +
           problem_.contract_points(carer_, work + contact_change + change.travel) -
           problem_.contract_points(carer_, work) + week_.pain_points(new_pain) - week_.pain_points(pain);
  }

  Points pain_at(int start) const {
    return base_pain_ +
           (avoids_ ? problem_.avoid_window_points(carer_, start, start + wanted_->minutes) : 0);
  }

  Points start_points(int start) const {
    return prices_start_ ? problem_.start_points(wanted_->visit, start) : 0;
  }

  void offer_slot(Points cost, int position, int start, bool shifts) {
    if (cost < best_->cost) *best_ = {cost, offer_, position, start, shifts};
  }

  void consider_free_day() {
    if (carer_week_->days >= week_.limits(carer_).max_days) return;
    const int start = std::clamp(aim_, from_, to_);
    if (week_.needs_weekly_rest_check(carer_) &&
        !week_.weekly_rest_holds(carer_, wanted_->day, start, start + wanted_->minutes))
      return;
    const Points cost = base_points_ + start_points(start) + carer_points({}, pain_at(start), wanted_->minutes);
    offer_slot(cost, 0, start, false);
  }

  int minutes_between(int a, int b) const { return problem_.travel_from(carer_, a)[b]; }

  // False once no later position can work.
  bool consider_position(int position) {
    const Stop* before = position > 0 ? &route_->stops[position - 1] : nullptr;
    const Stop* after = position < route_->count ? &route_->stops[position] : nullptr;
    const int minutes = wanted_->minutes;
    if (before && before->soonest + (before->end - before->start) > to_) return false;
    if (after && after->farthest < from_ + minutes) return true;
    before_ = before, after_ = after;
    travel_before_ = before ? travel_to_[before->place] : 0;
    travel_after_ = after ? travel_from_[after->place] : 0;

    // Between neighbours that stay where they are.
    const int from = before ? std::max(from_, before->end + travel_before_) : from_;
    const int to = after ? std::min(to_, after->start - travel_after_ - minutes) : to_;
    if (from <= to) {
      consider_starts(position, from, to);
      return true;
    }
    // Between neighbours that give way.
    const int soonest = before
        ? std::max(from_, before->soonest + (before->end - before->start) + travel_before_) : from_;
    const int farthest = after ? std::min(to_, after->farthest - travel_after_ - minutes) : to_;
    if (may_shift && soonest <= farthest) consider_shifts(position, soonest, farthest, to, from);
    return true;
  }

  void consider_starts(int position, int from, int to) {
    old_gap_ = {};
    if (before_ && after_)
      old_gap_ = gap_between(problem_, after_->start - before_->end, minutes_between(before_->place, after_->place));
    const int aim = std::clamp(aim_, from, to);
    const bool fits = consider_start(position, aim);
    const bool roomy = !before_ || !after_ || old_gap_.splits || old_gap_.over;
    if (before_ && (roomy || !fits) && from != aim) consider_start(position, from);
    if (after_ && (roomy || !fits) && to != aim) consider_start(position, to);
    if (has_soft_ends_ && (roomy || !fits)) {
      for (const int edge : soft_ends())
        if (edge > from && edge < to && edge != aim) consider_start(position, edge);
    }
    if (fits) return;
    // The stretch was too long: leave a break on one side.
    if (before_ && from <= before_->end + travel_before_ + break_) {
      const int start = before_->end + travel_before_ + break_;
      if (start >= from && start <= to) consider_start(position, start);
    }
    if (after_) {
      const int start = after_->start - travel_after_ - wanted_->minutes - break_;
      if (start >= from && start <= to) consider_start(position, start);
    }
  }

  // False when the stretch or the rest does not allow this start.
  bool consider_start(int position, int start) {
    const int end = start + wanted_->minutes;
    Gap change = Gap{} - old_gap_;
    int stretch_start = start, stretch_end = end;
    if (before_) {
      const int gap = start - before_->end;
      change = change + gap_between(problem_, gap, travel_before_);
      if (gap - travel_before_ < break_) stretch_start = before_->stretch_start;
    }
    if (after_) {
      const int gap = after_->start - end;
      change = change + gap_between(problem_, gap, travel_after_);
      if (gap - travel_after_ < break_) stretch_end = after_->stretch_end;
    }
    if (stretch_end - stretch_start > stretch_) return false;
    if (!hours_hold(wanted_->minutes + change.travel)) return true;
    if ((!before_ || !after_) && !rest_holds(std::min(start, route_->first_start()), std::max(end, route_->last_end())))
      return false;
    const Points pain = pain_at(start) + problem_.no_split[carer_] * change.splits;
    offer_slot(base_points_ + start_points(start) + carer_points(change, pain, wanted_->minutes), position, start, false);
    return true;
  }

  bool hours_hold(int more_work) const {
    return route_->work() + more_work <= problem_.max_day[carer_] &&
           carer_week_->work + more_work <= week_.limits(carer_).max_week;
  }

  bool rest_holds(int first_start, int last_end) const {
    return !week_.needs_weekly_rest_check(carer_) ||
           week_.weekly_rest_holds(carer_, wanted_->day, first_start, last_end);
  }

  // `push_earlier` is the last start at which only the visits before give way, `push_later` the first
  // at which only those after do.
  void consider_shifts(int position, int soonest, int farthest, int push_earlier, int push_later) {
    const int more_travel = travel_before_ + travel_after_ -
        (before_ && after_ ? minutes_between(before_->place, after_->place) : 0);
    if (!hours_hold(wanted_->minutes + std::min(0, more_travel))) return;
    // Rough, but a shift seldom wins by more than the idle time that it uses up.
    if (least_points_ + problem_.travel * more_travel >= best_->cost) return;
    const int earlier = std::clamp(push_earlier, soonest, farthest);
    const int later = std::clamp(push_later, soonest, farthest);
    const int aim = std::clamp(aim_, earlier, later);
    consider_shift(position, aim);
    if (earlier != aim) consider_shift(position, earlier);
    if (later != aim) consider_shift(position, later);
    if (!has_soft_ends_) return;
    for (const int edge : soft_ends())
      if (edge >= soonest && edge <= farthest && edge != aim) consider_shift(position, edge);
  }

  // Where the price of a start begins to rise, in the window of the offer.
  std::array<int, 2> soft_ends() const {
    const int row = problem_.range_at(wanted_->visit, offer_->to);
    return {problem_.range_soft_from[row], problem_.range_soft_to[row]};
  }

  // Fill `starts` for the day with the visit in it; neighbours move only as far as they must.
  void cascade(int position, int start, std::int32_t* starts) const {
    const int count = route_->count;
    const Stop* stops = route_->stops;
    starts[position] = start;
    int place = wanted_->place, limit = start;
    for (int i = position - 1; i >= 0; --i) {
      const Stop& stop = stops[i];
      const int latest = limit - minutes_between(stop.place, place) - (stop.end - stop.start);
      starts[i] = std::min(stop.start, latest);
      limit = starts[i], place = stop.place;
    }
    place = wanted_->place, limit = start + wanted_->minutes;
    for (int i = position; i < count; ++i) {
      const Stop& stop = stops[i];
      starts[i + 1] = std::max(stop.start, limit + minutes_between(place, stop.place));
      limit = starts[i + 1] + (stop.end - stop.start), place = stop.place;
    }
  }

  // The bounds of `wanted` know where the visits that it must follow or precede are now; one of those
  // on this very day could be pushed to its wrong side.
  bool keeps_order(const Stop& stop, int stop_start, int start) const {
    const int v = wanted_->visit, other = stop.visit;
    if (problem_.after_visit[v] == other)
      return start >= stop_start + (stop.end - stop.start) + problem_.after_gap[v];
    if (problem_.after_visit[other] == v)
      return stop_start >= start + wanted_->minutes + problem_.after_gap[other];
    return true;
  }

  void consider_shift(int position, int start) {
    std::int32_t starts[DayRoute::kCapacity + 1];
    cascade(position, start, starts);
    const int count = route_->count + 1;
    Gap gaps;
    Points moved = start_points(start), avoid = 0;
    int stretch_start = 0, previous_end = 0, place = 0;
    for (int i = 0; i < count; ++i) {
      const bool is_new = i == position;
      const Stop& stop = route_->stops[i < position ? i : i - 1];
      const int here = is_new ? wanted_->place : stop.place;
      const int end = starts[i] + (is_new ? wanted_->minutes : stop.end - stop.start);
      if (i == 0) {
        stretch_start = starts[0];
      } else {
        const int minutes = minutes_between(place, here), gap = starts[i] - previous_end;
        gaps = gaps + gap_between(problem_, gap, minutes);
        if (gap - minutes >= break_) stretch_start = starts[i];
      }
      if (end - stretch_start > stretch_) return;
      if (!is_new && !keeps_order(stop, starts[i], start)) return;
      if (!is_new && starts[i] != stop.start)
        moved += problem_.start_points(stop.visit, starts[i]) - problem_.start_points(stop.visit, stop.start);
      if (avoids_) avoid += problem_.avoid_window_points(carer_, starts[i], end);
      previous_end = end, place = here;
    }
    const Gap change = gaps - route_->gaps;
    if (!hours_hold(wanted_->minutes + change.travel)) return;
    if (!rest_holds(starts[0], previous_end)) return;
    const Points pain = base_pain_ + avoid - route_->avoid + problem_.no_split[carer_] * change.splits;
    offer_slot(base_points_ + moved + carer_points(change, pain, wanted_->minutes), position, start, true);
  }

  const Week& week_;
  const Problem& problem_;
  const Wanted* wanted_ = nullptr;
  const Offer* offer_ = nullptr;
  Slot* best_ = nullptr;
  const CarerWeek* carer_week_ = nullptr;
  const DayRoute* route_ = nullptr;
  const Travel *travel_from_ = nullptr, *travel_to_ = nullptr;
  const Stop *before_ = nullptr, *after_ = nullptr;
  int carer_ = 0, from_ = 0, to_ = 0, aim_ = 0, travel_before_ = 0, travel_after_ = 0;
  int stretch_ = 0, break_ = 0;
  Points base_points_ = 0, base_pain_ = 0, least_points_ = 0;
  Gap old_gap_;
  bool prices_start_ = true, avoids_ = false, has_soft_ends_ = false;
};

// Give the visit to the slot's carer; neighbours give way first where they must.
inline void fill(Week& week, Insertion& insertion, const Wanted& wanted, const Slot& slot) {
  if (slot.shifts) {
    std::int32_t starts[DayRoute::kCapacity + 1];
    const int count = insertion.shifted_starts(wanted, slot, starts);
    for (int i = slot.position; i + 1 < count; ++i) starts[i] = starts[i + 1];
    week.shift_day(slot.offer->carer, wanted.day, starts);
  }
  week.give(wanted.visit, *slot.offer, slot.position, slot.start);
}

}  // namespace rota
