// Costs as whole thousandths of a point, so that sums never depend on their order or on the
// machine, and nothing drifts however long the search runs.
#pragma once

#include <cstdint>

namespace rota {

using Points = std::int64_t;

constexpr Points kNoPoints = 0;
constexpr Points kNever = std::int64_t{1} << 60;

// The members' fairness term: `per_million` millionths of a point for each squared point of pain.
// Dividing half-way keeps the product inside 64 bits for pain up to about a million points.
inline Points fairness_of(Points pain, std::int64_t per_million) {
  return (pain * pain / 1000) * per_million / 1'000'000;
}

}  // namespace rota
