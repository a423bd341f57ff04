// How often it is worth trying again what did not work so far.
#pragma once

#include <vector>

#include "random.hpp"

namespace rota {

// Open visits are worth most, but some cannot be covered at all: the more often one was tried in vain
// since it last was given to somebody, the less often it is tried again.
class Patience {
 public:
  // After so many tries in vain every second further one is left out.
  Patience(int visits, int tries) : tries_(tries), in_vain_(visits) {}

  bool holds(int visit, Random& random) const {
    return random.below(tries_ + in_vain_[visit]) < tries_;
  }
  void tried(int visit, bool is_given) { in_vain_[visit] = is_given ? 0 : in_vain_[visit] + 1; }

 private:
  int tries_;
  std::vector<std::int32_t> in_vain_;
};

// Each worker touches the entries of its own visits only.
struct Patiences {
  explicit Patiences(int visits) : rounds(visits, 50), long_looks(visits, 400) {}

  Patience rounds;      // with rounds that begin with an open visit
  Patience long_looks;  // with looking at everybody for a taker
};

}  // namespace rota
