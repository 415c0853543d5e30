// Functions whose sensitivity indices are known, to judge estimators with.
//
//   Ishigami and Homma 1990 on [−π, π]³: sin x1 + a sin² x2 + b x3⁴ sin x1;
//     V = a²/8 + bπ⁴/5 + b²π⁸/18 + ½, V1 = (1 + bπ⁴/5)²/2, V2 = a²/8, V13 = b²π⁸ (1/18 − 1/50).
//   Sobol's g-function (Saltelli and Sobol 1995) on [0, 1]^n: Π (|4 x_i − 2| + a_i)/(1 + a_i);
//     V_i = 1/(3 (1 + a_i)²), V = Π (1 + V_i) − 1, ST_i = V_i Π_{j≠i} (1 + V_j)/V.
#pragma once

#include <span>
#include <vector>

namespace parley {

struct IshigamiIndices {
  double mean, variance;
  double first1, first2, together13, total1, total3;  ///< S3 = 0, ST2 = S2
};

/// At the point given in [0, 1]³, stretched to [−π, π]³.
double ishigami(std::span<const double> unit_point, double a, double b);
IshigamiIndices ishigami_indices(double a, double b);

struct GFunctionIndices {
  double mean, variance;
  std::vector<double> first, total;
};

double g_function(std::span<const double> point, std::span<const double> a);
GFunctionIndices g_function_indices(std::span<const double> a);

}  // namespace parley
