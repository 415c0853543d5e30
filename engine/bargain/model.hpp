// What the engine knows of a model: its parameters, its switches, the terms of its decisions and its kernels.
#pragma once

#include <string>
#include <vector>

#include "engine/bargain/kernel.hpp"
#include "engine/bargain/seat.hpp"
#include "engine/bargain/transcript.hpp"
#include "engine/core/fields.hpp"

namespace parley {

struct DescribedParameter {
  Parameter parameter;
  Extent extent;
};

/// A named part of the model that can be switched off: every parameter of that mechanism takes its off value.
struct Mechanism {
  const char* name;
  const char* title;    ///< a few words for a chart
  const char* meaning;  ///< one sentence for a class
  bool in_reference;    ///< at work in the reference model; the others are refinements that are off at the start
};

struct DecisionTerm {
  const char* name;
  const char* sentence;  ///< completes "… refused, because …"
};

/// Compiled forms of a model. `one` plays a single run at a time; a kernel that this build or processor lacks is null.
struct Kernels {
  Kernel one = nullptr, portable = nullptr, avx2 = nullptr, avx512 = nullptr;
};

struct Model {
  std::string name, meaning;
  std::vector<DescribedParameter> parameters;
  std::vector<Mechanism> mechanisms;
  std::vector<DecisionTerm> terms;
  Kernels kernels;
  Teller tell = nullptr;
  Sitter sit = nullptr;
  AppraiserMaker appraiser = nullptr;
};

/// Visitor that collects the descriptions of a model's parts in order.
class Describer {
 public:
  explicit Describer(std::vector<DescribedParameter>& into) : into_(into) {}
  template <class Field>
  void operator()(Field&, const Parameter& parameter) { into_.push_back({parameter, Field::extent}); }

 private:
  std::vector<DescribedParameter>& into_;
};

}  // namespace parley
