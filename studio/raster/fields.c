// Fields that filters draw from random numbers: the numbers themselves, smooth noise, the cells of scattered points.
//
// Every value is computed by the same operations in the same order wherever it lies, so a tile equals the whole; the operations
// are those of the numpy expressions in fields.py, in double precision, so the bits are the same, too.

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

enum { ROUNDS = 10, LANES = 16 };

// Philox-4x32-10 (Salmon et al., 2011): four words in place of each of ``LANES`` counters (a, b, c, d).
static inline void philox(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d, uint64_t seed) {
    uint32_t key = (uint32_t)seed, other = (uint32_t)(seed >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < LANES; i++) {
            const uint64_t left = (uint64_t)a[i] * 0xD2511F53u, right = (uint64_t)c[i] * 0xCD9E8D57u;
            a[i] = (uint32_t)(right >> 32) ^ b[i] ^ key;
            c[i] = (uint32_t)(left >> 32) ^ d[i] ^ other;
            b[i] = (uint32_t)right;
            d[i] = (uint32_t)left;
        }
        key += 0x9E3779B9u;
        other += 0xBB67AE85u;
    }
}

// The first ``n`` of ``LANES`` words of each sort, the sorts ``plane`` apart.
static inline void put(uint32_t *out, ptrdiff_t plane, int n, const uint32_t *a, const uint32_t *b, const uint32_t *c,
                       const uint32_t *d) {
    for (int i = 0; i < n; i++) {
        out[i] = a[i];
        out[plane + i] = b[i];
        out[2 * plane + i] = c[i];
        out[3 * plane + i] = d[i];
    }
}

// The words of the counters (first + i, row, channel, stream).
static void row_of_words(uint32_t first, uint32_t row, uint32_t channel, uint32_t stream, uint64_t seed, uint32_t *out,
                         ptrdiff_t plane, int32_t count) {
    for (int32_t start = 0; start < count; start += LANES) {
        const int n = count - start < LANES ? count - start : LANES;
        uint32_t a[LANES], b[LANES], c[LANES], d[LANES];
        for (int i = 0; i < LANES; i++) {
            a[i] = first + (uint32_t)(start + i);
            b[i] = row;
            c[i] = channel;
            d[i] = stream;
        }
        philox(a, b, c, d, seed);
        put(out + start, plane, n, a, b, c, d);
    }
}

// The words of the counters (first + i, row + j, channel, stream): out[4][height][width].
EXPORT void danqing_philox(uint32_t first, uint32_t row, uint32_t channel, uint32_t stream, uint64_t seed, uint32_t *out,
                           int32_t width, int32_t height) {
    const ptrdiff_t plane = (ptrdiff_t)width * height;
    for (int32_t j = 0; j < height; j++)
        row_of_words(first, row + (uint32_t)j, channel, stream, seed, out + (ptrdiff_t)j * width, plane, width);
}

// The words of the counters (column[i], row[i], channel, stream), in any order: out[4][count].
EXPORT void danqing_philox_at(const uint32_t *column, const uint32_t *row, uint32_t channel, uint32_t stream, uint64_t seed,
                              uint32_t *out, ptrdiff_t count) {
    for (ptrdiff_t start = 0; start < count; start += LANES) {
        const int n = count - start < LANES ? (int)(count - start) : LANES;
        uint32_t a[LANES] = {0}, b[LANES] = {0}, c[LANES], d[LANES];
        for (int i = 0; i < n; i++) {
            a[i] = column[start + i];
            b[i] = row[start + i];
        }
        for (int i = 0; i < LANES; i++) {
            c[i] = channel;
            d[i] = stream;
        }
        philox(a, b, c, d, seed);
        put(out + start, count, n, a, b, c, d);
    }
}

// Adds ``strength`` times smooth noise to made[height][width]: values of a grid, whose first one stands at (left, top), with
// Perlin's 6t⁵ − 15t⁴ + 10t³ between them. A pixel's place on the grid is ((x c + y s) k, y c − x s) / step, x[width], y[height],
// turn = {c, s, k}.
EXPORT void danqing_lattice(double *made, const double *x, const double *y, int32_t width, int32_t height, const double *turn,
                            double step, const double *values, ptrdiff_t stride, int64_t left, int64_t top, double strength) {
    for (int32_t j = 0; j < height; j++) {
        double *out = made + (ptrdiff_t)j * width;
        for (int32_t i = 0; i < width; i++) {
            const double u = (x[i] * turn[0] + y[j] * turn[1]) * turn[2] / step;
            const double v = (y[j] * turn[0] - x[i] * turn[1]) / step;
            const double column = __builtin_floor(u), row = __builtin_floor(v);
            const double s = u - column, t = v - row;
            const double one = s * s * s * (s * (s * 6 - 15) + 10), two = t * t * t * (t * (t * 6 - 15) + 10);
            const double *upper = values + ((int64_t)row - top) * stride + ((int64_t)column - left), *lower = upper + stride;
            const double above = upper[0] + one * (upper[1] - upper[0]), below = lower[0] + one * (lower[1] - lower[0]);
            out[i] += strength * (above + two * (below - above));
        }
    }
}

// For pixels at x[width], y[height] in fields of a grid of points {x, y}, ``stride`` points to a row, the first one for the
// field (left, top): the number of the nearest of the nine points around, half the difference of the two least distances, and
// how far the pixel lies to the upper left of its point. ``square``: distance is max(|x|, |y|).
EXPORT void danqing_cells(const double *x, const double *y, int32_t width, int32_t height, const double *points,
                          ptrdiff_t stride, int64_t left, int64_t top, int32_t square, double light_x, double light_y,
                          int32_t *label, double *rim, double *lit) {
    for (int32_t j = 0; j < height; j++) {
        const int64_t row = (int64_t)__builtin_floor(y[j]) - top;
        for (int32_t i = 0; i < width; i++) {
            const int64_t column = (int64_t)__builtin_floor(x[i]) - left;
            double best = __builtin_inf(), second = best, shine = 0;
            int32_t nearest = 0;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    const ptrdiff_t number = (row + dy) * stride + column + dx;
                    const double off_x = x[i] - points[2 * number], off_y = y[j] - points[2 * number + 1];
                    const double wide = __builtin_fabs(off_x), high = __builtin_fabs(off_y);
                    // squares are compared; the two least are rooted at the end
                    const double far = square ? (wide > high ? wide : high) : off_x * off_x + off_y * off_y;
                    if (far < best) {
                        second = best;
                        best = far;
                        nearest = (int32_t)number;
                        shine = off_x * light_x + off_y * light_y;
                    } else if (far < second) {
                        second = far;
                    }
                }
            }
            const ptrdiff_t at = (ptrdiff_t)j * width + i;
            label[at] = nearest;
            rim[at] = square ? (second - best) / 2 : (__builtin_sqrt(second) - __builtin_sqrt(best)) / 2;
            lit[at] = shine;
        }
    }
}

// The tile of each pixel among convex polygons, the one in which it lies deepest. ``near``: (columns, rows, tile) of those that
// reach into a domain, as seen from it; ``lines``: of each tile ``count`` of (nx, ny, d), the distance inwards nx x + ny y + d.
EXPORT void danqing_tiles(const double *x, const double *y, const int32_t *column, const int32_t *row, int32_t width,
                          int32_t height, const double *lines, int32_t count, const double *middles, const int32_t *near,
                          int32_t nears, int32_t columns, int32_t tiles, double light_x, double light_y, int32_t *label,
                          double *rim, double *lit) {
    for (int32_t j = 0; j < height; j++) {
        for (int32_t i = 0; i < width; i++) {
            double best = -__builtin_inf();
            int32_t deepest = 0;
            for (int32_t k = 0; k < nears; k++) {
                const int32_t *one = near + 3 * k;
                const int32_t number = ((row[j] + one[1]) * columns + column[i] + one[0]) * tiles + one[2];
                const double *line = lines + 3 * (ptrdiff_t)count * number;
                double depth = __builtin_inf();
                for (int32_t e = 0; e < count && depth > best; e++, line += 3) {
                    const double far = line[0] * x[i] + line[1] * y[j] + line[2];
                    if (far < depth) depth = far;
                }
                if (depth > best) best = depth, deepest = number;
            }
            const ptrdiff_t at = (ptrdiff_t)j * width + i;
            label[at] = deepest;
            rim[at] = best;
            lit[at] = (x[i] - middles[2 * deepest]) * light_x + (y[j] - middles[2 * deepest + 1]) * light_y;
        }
    }
}

// Adds premultiplied pixels to the sums of their cells, in the order of the rows, and counts them.
EXPORT void danqing_cell_sums(const float *source, ptrdiff_t source_stride, int32_t width, int32_t height, const int32_t *label,
                              double *sums, int64_t *counts) {
    for (int32_t j = 0; j < height; j++) {
        const float *row = source + j * source_stride;
        const int32_t *cell = label + (ptrdiff_t)j * width;
        for (int32_t i = 0; i < width; i++) {
            double *sum = sums + 4 * (ptrdiff_t)cell[i];
            for (int c = 0; c < 4; c++) sum[c] += row[4 * i + c];
            counts[cell[i]]++;
        }
    }
}
