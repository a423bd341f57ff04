// Random numbers that are the same on every machine (the standard library's distributions are not).
#pragma once

#include <cstdint>

namespace rota {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) { next(); }

  // splitmix64: small, quick, and good enough to choose moves with.
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  // A whole number from 0 to `count` - 1.
  int below(int count) {
    return static_cast<int>(((next() >> 32) * static_cast<std::uint64_t>(count)) >> 32);
  }

  int between(int least, int most) { return least + below(most - least + 1); }

  // True `per_mille` times in a thousand.
  bool chance(int per_mille) { return below(1000) < per_mille; }

  // A threshold for annealing: exponentially distributed with mean 1, as -ln(u).
  // Computed with plain arithmetic because `log` differs between C libraries.
  double exponential() {
    double u = static_cast<double>((next() >> 11) + 1) * 0x1.0p-53;
    int halvings = 0;
    while (u < 0.5) {
      u *= 2;
      ++halvings;
    }
    // ln(u) = 2 atanh((u - 1) / (u + 1)) for u in [0.5, 1].
    const double t = (u - 1) / (u + 1), t2 = t * t;
    const double series = 1 + t2 * (1.0 / 3 + t2 * (1.0 / 5 + t2 * (1.0 / 7 + t2 * (1.0 / 9))));
    return halvings * 0.69314718055994531 - 2 * t * series;
  }

 private:
  std::uint64_t state_;
};

}  // namespace rota
