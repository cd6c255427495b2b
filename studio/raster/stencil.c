// Poisson's equation on a grid: each cell and its four neighbours (synthesis/multigrid.py, which says what the numbers mean).
//
// A grid is rows of cells of three values, with a border of one cell that stays zero; "row" is the length of a row in floats and
// "rows" their number, border included. Without conductances each is 1. The order of the operations is part of the result.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define INLINE static inline __attribute__((always_inline))

enum { CELL = 3 };

typedef struct {
    const float *right, *down;
    int32_t rows, row;
} Grid;

INLINE float neighbours(const float *x, const Grid grid, ptrdiff_t i, int plain) {
    if (plain) return ((x[i - grid.row] + x[i - CELL]) + x[i + CELL]) + x[i + grid.row];
    return ((grid.right[i] * x[i + CELL] + grid.right[i - CELL] * x[i - CELL]) + grid.down[i] * x[i + grid.row]) +
           grid.down[i - grid.row] * x[i - grid.row];
}

static void clear_border(float *out, const Grid grid) {
    memset(out, 0, grid.row * sizeof *out);
    memset(out + (ptrdiff_t)(grid.rows - 1) * grid.row, 0, grid.row * sizeof *out);
    for (int32_t y = 1; y < grid.rows - 1; y++) {
        memset(out + (ptrdiff_t)y * grid.row, 0, CELL * sizeof *out);
        memset(out + (ptrdiff_t)(y + 1) * grid.row - CELL, 0, CELL * sizeof *out);
    }
}

INLINE void residual_rows(const float *restrict x, const float *restrict wanted, const Grid grid, const float *restrict diagonal,
                          const float *restrict inside, float *restrict out, int plain) {
    for (int32_t y = 1; y < grid.rows - 1; y++) {
        const ptrdiff_t first = (ptrdiff_t)y * grid.row + CELL, end = (ptrdiff_t)(y + 1) * grid.row - CELL;
        for (ptrdiff_t i = first; i < end; i++) {
            float sum = neighbours(x, grid, i, plain);
            if (wanted) sum += wanted[i];
            sum -= diagonal[i] * x[i];
            out[i] = plain ? sum * inside[i] : sum;
        }
    }
}

// What is missing to "wanted" (may be null: zero). "inside" counts where conductances are null.
EXPORT void danqing_residual(const float *x, const float *wanted, const float *right, const float *down, const float *diagonal,
                             const float *inside, float *out, int32_t rows, int32_t row) {
    const Grid grid = {right, down, rows, row};
    clear_border(out, grid);
    if (right) residual_rows(x, wanted, grid, diagonal, inside, out, 0);
    else residual_rows(x, wanted, grid, diagonal, inside, out, 1);
}

INLINE void smooth_rows(const float *restrict x, const float *restrict wanted, const Grid grid, const float *restrict inverse,
                        float factor, float *restrict out, int plain, int divided) {
    for (int32_t y = 1; y < grid.rows - 1; y++) {
        const ptrdiff_t first = (ptrdiff_t)y * grid.row + CELL, end = (ptrdiff_t)(y + 1) * grid.row - CELL;
        for (ptrdiff_t i = first; i < end; i++) {
            const float sum = neighbours(x, grid, i, plain);
            const float aim = divided ? sum * inverse[i] + wanted[i] : (sum + wanted[i]) * inverse[i];
            out[i] = x[i] + (aim - x[i]) * factor;
        }
    }
}

// One of Jacobi's steps. "divided": "wanted" is times "inverse" already.
EXPORT void danqing_smooth(const float *x, const float *wanted, const float *right, const float *down, const float *inverse,
                           float factor, int32_t divided, float *out, int32_t rows, int32_t row) {
    const Grid grid = {right, down, rows, row};
    clear_border(out, grid);
    if (right && divided) smooth_rows(x, wanted, grid, inverse, factor, out, 0, 1);
    else if (right) smooth_rows(x, wanted, grid, inverse, factor, out, 0, 0);
    else if (divided) smooth_rows(x, wanted, grid, inverse, factor, out, 1, 1);
    else smooth_rows(x, wanted, grid, inverse, factor, out, 1, 0);
}

// Sums of 2 × 2 cells inside; a missing last row or column counts as zero. Sizes are those of the fine grid without border.
EXPORT void danqing_join(const float *fine, float *coarse, const float *inside, int32_t width, int32_t height) {
    const int32_t wide = (width + 1) / 2, high = (height + 1) / 2;
    const ptrdiff_t row = (ptrdiff_t)CELL * (width + 2), target = (ptrdiff_t)CELL * (wide + 2);
    const Grid grid = {NULL, NULL, high + 2, (int32_t)target};
    clear_border(coarse, grid);
    for (int32_t y = 0; y < high; y++) {
        // beyond an odd side lies the border, which is zero
        const float *upper = fine + (2 * y + 1) * row + CELL, *lower = upper + row;
        const ptrdiff_t to = (y + 1) * target + CELL;
        for (int32_t x = 0; x < wide; x++)
            for (int c = 0; c < CELL; c++) {
                const int32_t i = 2 * CELL * x + c;
                const float left = upper[i] + lower[i], right = upper[i + CELL] + lower[i + CELL];
                coarse[to + CELL * x + c] = (left + right) * inside[to + CELL * x + c];
            }
    }
}

// x += cells · inside. "cells" has no border, "stride" floats in a row.
EXPORT void danqing_correct(float *restrict x, const float *restrict cells, const float *restrict inside, int32_t width,
                            int32_t height, ptrdiff_t stride) {
    const ptrdiff_t row = (ptrdiff_t)CELL * (width + 2);
    for (int32_t y = 0; y < height; y++) {
        const ptrdiff_t first = (y + 1) * row + CELL;
        for (ptrdiff_t i = 0; i < (ptrdiff_t)CELL * width; i++) x[first + i] += cells[y * stride + i] * inside[first + i];
    }
}
