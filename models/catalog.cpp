#include "models/catalog.hpp"

#include "models/talks/model.hpp"

namespace parley {

const std::vector<Model>& all_models() {
  static const std::vector<Model> models = {
      talks::model(),
  };
  return models;
}

const Model* find_model(const std::string& name) {
  for (const Model& model : all_models())
    if (model.name == name) return &model;
  return nullptr;
}

}  // namespace parley
