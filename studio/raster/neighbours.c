// Filters that look at each pixel's surroundings: weighted sums, medians, bilateral and non-local means, spins and zooms.
//
// Every pixel is computed by the same operations in the same order wherever it lies, so a tile equals the whole. Planes are
// float32; a source is larger than its target on every side by what the filter reaches, and its pointer is that of the
// target's first pixel. Strides are counted in floats.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { CHUNK = 32, LINE = 128 };

typedef float pixel __attribute__((vector_size(16)));

static inline pixel at(const float *from) {
    pixel out;
    memcpy(&out, from, sizeof out);
    return out;
}

// 2^−x for x ≥ 0 within 4e-6 of its value; 2^−120 beyond.
static inline float halved(float x) {
    x = x < 120.0f ? x : 120.0f;
    const int32_t whole = (int32_t)x;
    const float f = x - (float)whole;
    const float power = 1.0f + f * (-0.69314082f + f * (0.24014078f + f * (-0.05503245f + f * 0.00803249f)));
    union {
        float value;
        int32_t bits;
    } out = {power};
    out.bits -= whole << 23;
    return out.value;
}

// Weighted sums of interleaved values: out[i] = Σ weights[t] · source[i + offsets[t]]. ``width`` is in floats.
EXPORT void danqing_weigh(const float *source, ptrdiff_t source_stride, float *target, ptrdiff_t target_stride, int32_t width,
                          int32_t height, const ptrdiff_t *offsets, const float *weights, int32_t count) {
    for (int32_t y = 0; y < height; y++) {
        const float *row = source + y * source_stride;
        float *out = target + y * target_stride;
        int32_t x = 0;
        for (; x + CHUNK <= width; x += CHUNK) {
            float sums[CHUNK] = {0};
            for (int32_t t = 0; t < count; t++) {
                const float *near = row + x + offsets[t];
                const float weight = weights[t];
                for (int i = 0; i < CHUNK; i++) sums[i] += weight * near[i];
            }
            memcpy(out + x, sums, sizeof sums);
        }
        for (; x < width; x++) {
            float sum = 0;
            for (int32_t t = 0; t < count; t++) sum += weights[t] * row[x + offsets[t]];
            out[x] = sum;
        }
    }
}

// Tomasi and Manduchi's bilateral filter of straight planes red, green, blue, alpha, ``plane`` floats apart; three planes out.
// weights[t] is the spatial weight, ``scale`` is log2(e) / (2 σ²) of the colour distance. A neighbour counts by its alpha.
EXPORT void danqing_bilateral(const float *source, ptrdiff_t stride, ptrdiff_t plane, float *target, ptrdiff_t target_stride,
                              ptrdiff_t target_plane, int32_t width, int32_t height, const ptrdiff_t *offsets,
                              const float *weights, int32_t count, float scale) {
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x += LINE) {
            const int n = width - x < LINE ? width - x : LINE;
            const float *centre = source + y * stride + x;
            float sums[4][LINE] = {{0}};
            for (int32_t t = 0; t < count; t++) {
                const float *near = centre + offsets[t];
                const float weight = weights[t];
                for (int i = 0; i < n; i++) {
                    const float red = near[i], green = near[plane + i], blue = near[2 * plane + i];
                    const float r = red - centre[i], g = green - centre[plane + i], b = blue - centre[2 * plane + i];
                    const float w = weight * near[3 * plane + i] * halved((r * r + g * g + b * b) * scale);
                    sums[0][i] += w * red;
                    sums[1][i] += w * green;
                    sums[2][i] += w * blue;
                    sums[3][i] += w;
                }
            }
            float *out = target + y * target_stride + x;
            for (int c = 0; c < 3; c++)
                for (int i = 0; i < n; i++)
                    out[c * target_plane + i] = sums[3][i] > 0 ? sums[c][i] / sums[3][i] : centre[c * plane + i];
        }
    }
}

// Each of three straight planes alone: a neighbour weighs alpha · max(0, 1 − |difference| · slope).
EXPORT void danqing_surface(const float *source, ptrdiff_t stride, ptrdiff_t plane, float *target, ptrdiff_t target_stride,
                            ptrdiff_t target_plane, int32_t width, int32_t height, const ptrdiff_t *offsets, int32_t count,
                            float slope) {
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x += LINE) {
            const int n = width - x < LINE ? width - x : LINE;
            for (int c = 0; c < 3; c++) {
                const float *centre = source + c * plane + y * stride + x;
                const float *alpha = source + 3 * plane + y * stride + x;
                float sums[LINE] = {0}, total[LINE] = {0};
                for (int32_t t = 0; t < count; t++) {
                    const float *near = centre + offsets[t], *seen = alpha + offsets[t];
                    for (int i = 0; i < n; i++) {
                        const float away = 1.0f - __builtin_fabsf(near[i] - centre[i]) * slope;
                        const float w = (away > 0 ? away : 0) * seen[i];
                        sums[i] += w * near[i];
                        total[i] += w;
                    }
                }
                float *out = target + c * target_plane + y * target_stride + x;
                for (int i = 0; i < n; i++) out[i] = total[i] > 0 ? sums[i] / total[i] : centre[i];
            }
        }
    }
}

enum { PATCH = 6, ROWS = 32 };  // largest radius of a patch; rows worked on at once

// Non-local means of straight planes red, green, blue, alpha (Buades, Coll and Morel, 2005). A patch weighs
// weights[j] · weights[i], each [2 patch + 1]. The source reaches search + patch beyond the target. ``less``: the expected
// difference of two equal patches; a pixel weighs alpha · 2^−(max(0, Σ over patch and channels − less) · scale).
EXPORT void danqing_nonlocal(const float *source, ptrdiff_t stride, ptrdiff_t plane, float *target, ptrdiff_t target_stride,
                             ptrdiff_t target_plane, int32_t width, int32_t height, int32_t search, int32_t patch,
                             const float *weights, float less, float scale) {
    float squares[ROWS + 2 * PATCH][LINE + 2 * PATCH], columns[LINE + 2 * PATCH];
    float sums[4][ROWS][LINE];
    for (int32_t top = 0; top < height; top += ROWS) {
        const int m = height - top < ROWS ? height - top : ROWS;
        for (int32_t left = 0; left < width; left += LINE) {
            const int n = width - left < LINE ? width - left : LINE, wide = n + 2 * patch;
            const float *corner = source + top * stride + left;
            memset(sums, 0, sizeof sums);
            for (int32_t dy = -search; dy <= search; dy++) {
                for (int32_t dx = -search; dx <= search; dx++) {
                    const ptrdiff_t offset = dy * stride + dx;
                    for (int j = 0; j < m + 2 * patch; j++) {
                        const float *here = corner + (j - patch) * stride - patch, *there = here + offset;
                        float *row = squares[j];
                        for (int i = 0; i < wide; i++) {
                            const float r = here[i] - there[i], g = here[plane + i] - there[plane + i];
                            const float b = here[2 * plane + i] - there[2 * plane + i];
                            row[i] = r * r + g * g + b * b;
                        }
                    }
                    for (int j = 0; j < m; j++) {
                        memset(columns, 0, sizeof columns);
                        for (int k = 0; k <= 2 * patch; k++)
                            for (int i = 0; i < wide; i++) columns[i] += weights[k] * squares[j + k][i];
                        float distance[LINE] = {0};
                        for (int k = 0; k <= 2 * patch; k++)
                            for (int i = 0; i < n; i++) distance[i] += weights[k] * columns[i + k];
                        const float *near = corner + j * stride + offset;
                        for (int i = 0; i < n; i++) {
                            const float apart = distance[i] - less;
                            const float w = near[3 * plane + i] * halved((apart > 0 ? apart : 0) * scale);
                            sums[0][j][i] += w * near[i];
                            sums[1][j][i] += w * near[plane + i];
                            sums[2][j][i] += w * near[2 * plane + i];
                            sums[3][j][i] += w;
                        }
                    }
                }
            }
            for (int c = 0; c < 3; c++)
                for (int j = 0; j < m; j++) {
                    const float *centre = corner + c * plane + j * stride;
                    float *out = target + c * target_plane + (top + j) * target_stride + left;
                    for (int i = 0; i < n; i++)
                        out[i] = sums[3][j][i] > 0 ? sums[c][j][i] / sums[3][j][i] : centre[i];
                }
        }
    }
}

// A pixel between others, linear; outside, the edge is repeated.
static inline pixel between(const float *source, ptrdiff_t stride, int32_t width, int32_t height, double sx, double sy) {
    sx = sx < 0 ? 0 : sx > width - 1 ? width - 1 : sx;
    sy = sy < 0 ? 0 : sy > height - 1 ? height - 1 : sy;
    const int32_t ix = (int32_t)sx, iy = (int32_t)sy;
    const float fx = (float)(sx - ix), fy = (float)(sy - iy);
    const float *upper = source + iy * stride + 4 * ix, *lower = iy + 1 < height ? upper + stride : upper;
    const int right = ix + 1 < width ? 4 : 0;
    const pixel up = at(upper) + fx * (at(upper + right) - at(upper));
    const pixel low = at(lower) + fx * (at(lower + right) - at(lower));
    return up + fy * (low - up);
}

// Means along arcs (spin) or rays (zoom) around a centre of 4-channel pixels; edge pixels are repeated outwards.
// A pixel at distance d takes n = min(most, max(1, ⌈d · arc⌉)) samples, linear between pixels. steps[n] = {a, b, c, e}: the
// first sample lies at (a, b) times the pixel's place seen from the centre, as complex numbers, each next one (c, e) times
// the last for a spin (``turning``), or (c, e) times the pixel's place further for a zoom.
EXPORT void danqing_swirled(const float *source, ptrdiff_t stride, int32_t width, int32_t height, float *target,
                            ptrdiff_t target_stride, int32_t left, int32_t top, int32_t right, int32_t bottom,
                            double centre_x, double centre_y, double arc, int32_t most, const double *steps, int32_t turning) {
    for (int32_t y = top; y < bottom; y++) {
        for (int32_t x = left; x < right; x++) {
            const double px = x + 0.5 - centre_x, py = y + 0.5 - centre_y;
            const double wanted = __builtin_ceil(__builtin_sqrt(px * px + py * py) * arc);
            const int32_t n = wanted < 1 ? 1 : wanted > most ? most : (int32_t)wanted;
            const double *step = steps + 4 * n;
            double u = px * step[0] - py * step[1], v = px * step[1] + py * step[0];
            const double further_x = px * step[2] - py * step[3], further_y = px * step[3] + py * step[2];
            pixel sum = {0};
            for (int32_t k = 0; k < n; k++) {
                sum += between(source, stride, width, height, u + centre_x - 0.5, v + centre_y - 0.5);
                if (turning) {
                    const double turned = u * step[2] - v * step[3];
                    v = u * step[3] + v * step[2];
                    u = turned;
                } else {
                    u += further_x;
                    v += further_y;
                }
            }
            float *out = target + (y - top) * target_stride + 4 * (x - left);
            sum *= 1.0f / (float)n;
            memcpy(out, &sum, sizeof sum);
        }
    }
}

// What ``danqing_swept`` looks along: a ring (``turning``) or a ray, sampled at the first place (u, v) as seen from the centre
// and at each next one turned by, or moved by, (c, e). A length t along it is the sample t · scale − base.
struct sweep {
    double u, v, c, e, scale, base;
};

// A picture in squares of SQUARE pixels a side, whose rows lie ``stride`` floats apart; those not looked at may be missing.
enum { SQUARE = 128 };
struct squares {
    const float *const *first;
    ptrdiff_t stride;
    int32_t across, width, height, missing;
};

static inline pixel in_squares(struct squares *source, int32_t x, int32_t y) {
    const float *square = source->first[(ptrdiff_t)(y / SQUARE) * source->across + x / SQUARE];
    if (!square) {
        source->missing = 1;
        return (pixel){0};
    }
    return at(square + y % SQUARE * source->stride + 4 * (x % SQUARE));
}

// As ``between``, of a picture in squares.
static inline pixel between_squares(struct squares *source, double sx, double sy) {
    sx = sx < 0 ? 0 : sx > source->width - 1 ? source->width - 1 : sx;
    sy = sy < 0 ? 0 : sy > source->height - 1 ? source->height - 1 : sy;
    const int32_t ix = (int32_t)sx, iy = (int32_t)sy;
    const float fx = (float)(sx - ix), fy = (float)(sy - iy);
    const int32_t right = ix + 1 < source->width, lower = iy + 1 < source->height;
    const int32_t x = ix % SQUARE, y = iy % SQUARE;
    if (x + 1 < SQUARE && y + 1 < SQUARE) {
        const float *square = source->first[(ptrdiff_t)(iy / SQUARE) * source->across + ix / SQUARE];
        if (!square) {
            source->missing = 1;
            return (pixel){0};
        }
        const float *here = square + y * source->stride + 4 * x, *below = here + lower * source->stride;
        const pixel up = at(here) + fx * (at(here + 4 * right) - at(here));
        const pixel low = at(below) + fx * (at(below + 4 * right) - at(below));
        return up + fy * (low - up);
    }
    const pixel first = in_squares(source, ix, iy), third = in_squares(source, ix, iy + lower);
    const pixel up = first + fx * (in_squares(source, ix + right, iy) - first);
    const pixel low = third + fx * (in_squares(source, ix + right, iy + lower) - third);
    return up + fy * (low - up);
}

// Running sums of the samples on one line: sums[4 (k + 1)] holds the first k + 1 of them.
static void run_along(struct squares *source, double centre_x, double centre_y, const struct sweep *line, int32_t count,
                      int32_t turning, double *sums) {
    double u = line->u, v = line->v, total[4] = {0};
    for (int c = 0; c < 4; c++) sums[c] = 0;
    for (int32_t k = 0; k < count; k++) {
        const pixel seen = between_squares(source, u + centre_x - 0.5, v + centre_y - 0.5);
        for (int c = 0; c < 4; c++) sums[4 * (k + 1) + c] = total[c] += seen[c];
        const double next = turning ? u * line->c - v * line->e : u + line->c;
        v = turning ? u * line->e + v * line->c : v + line->e;
        u = next;
    }
}

static inline void summed_to(const double *sums, double place, double *out) {
    const int32_t k = (int32_t)place;
    const double f = place - k;
    for (int c = 0; c < 4; c++) out[c] = sums[4 * k + c] + f * (sums[4 * k + 4 + c] - sums[4 * k + c]);
}

// Means along arcs or rays into a small target, by running sums along lines near each other. For each of its pixels stand the line
// it lies on, ``across`` ≥ 0, and the lengths along it where the mean begins and ends; between two lines their means mix.
// ``order``: room for a number per pixel, ``starts``: lines + 1; ``sums``: 8 (count + 1). Gives 1 where a square is missing, else 0.
EXPORT int32_t danqing_swept(const float *const *squares, ptrdiff_t stride, int32_t squares_across, int32_t width,
                          int32_t height, float *target, ptrdiff_t target_stride, int32_t wide, int32_t high, double centre_x, double centre_y,
                          const double *across, const double *from, const double *to, const struct sweep *sweeps,
                          int32_t lines, int32_t count, int32_t turning, int32_t *order, int32_t *starts, double *sums) {
    struct squares source = {squares, stride, squares_across, width, height, 0};
    const int32_t pixels = wide * high;
    memset(starts, 0, sizeof *starts * (size_t)(lines + 1));
    for (int32_t i = 0; i < pixels; i++) starts[(int32_t)across[i] + 1]++;
    for (int32_t k = 0; k < lines; k++) starts[k + 1] += starts[k];
    for (int32_t i = 0; i < pixels; i++) order[starts[(int32_t)across[i]]++] = i;  // starts[k] is now where k ends
    double *here = sums, *next = sums + 4 * ((ptrdiff_t)count + 1);
    run_along(&source, centre_x, centre_y, sweeps, count, turning, next);
    for (int32_t k = 0, done = 0; k + 1 < lines; k++) {
        double *swap = here;
        here = next;
        next = swap;
        run_along(&source, centre_x, centre_y, sweeps + k + 1, count, turning, next);
        for (; done < starts[k]; done++) {
            const int32_t i = order[done];
            const double f = across[i] - k;
            double mean[4] = {0};
            for (int side = 0; side < 2; side++) {
                const struct sweep *line = sweeps + k + side;
                const double first = from[i] * line->scale - line->base, last = to[i] * line->scale - line->base;
                const double part = (side ? f : 1 - f) / (last - first);
                double low[4], up[4];
                summed_to(side ? next : here, first, low);
                summed_to(side ? next : here, last, up);
                for (int c = 0; c < 4; c++) mean[c] += part * (up[c] - low[c]);
            }
            float *out = target + (i / wide) * target_stride + 4 * (i % wide);
            for (int c = 0; c < 4; c++) out[c] = (float)mean[c];
        }
    }
    return source.missing;
}

// Premultiplied pixels, each beside the mean of four others: those (x, y), (−y, x), (−x, −y), (y, −x) away, which its own alpha
// weighs; a channel becomes the mean where it differs by less than ``limit`` times alpha.
EXPORT void danqing_debanded(const float *source, ptrdiff_t stride, float *target, int32_t width, int32_t height,
                             const int32_t *x, const int32_t *y, float limit) {
    for (int32_t j = 0; j < height; j++) {
        for (int32_t i = 0; i < width; i++) {
            const float *own = source + j * stride + 4 * (ptrdiff_t)i;
            const ptrdiff_t place = (ptrdiff_t)j * width + i, dx = x[place], dy = y[place];
            pixel sum = at(own + dy * stride + 4 * dx) + at(own + dx * stride - 4 * dy);
            sum += at(own - dy * stride - 4 * dx);
            sum += at(own - dx * stride + 4 * dy);
            sum *= 0.25f;
            float *out = target + 4 * place;
            for (int c = 0; c < 3; c++) {
                const float mean = own[3] * sum[c] + own[c] * (1.0f - sum[3]);
                out[c] = __builtin_fabsf(mean - own[c]) < limit * own[3] ? mean : own[c];
            }
            out[3] = own[3];
        }
    }
}

// Chambolle's projection (2004) for total variation: ``shown`` = planes − weight · div p after ``rounds`` steps of p, which is six
// planes (right and down of each colour), zero at first. Between two pixels of which one is transparent there is no edge.
// ``shared``: one size of the gradient for the three colours. All planes are ``width`` wide without gaps. Only what lies ``inner``
// pixels inside the edges has to be right, so each round leaves out what no longer reaches it. Of the rounds, the last of which
// only shows, those from ``begin`` to before ``end_round`` are done: so a stop between two calls is heard.
EXPORT void danqing_total_variation(const float *source, float *p, float *shown, int32_t width, int32_t height, int32_t rounds,
                                    float step, float slope, int32_t shared, int32_t inner, int32_t begin, int32_t end_round) {
    const ptrdiff_t plane = (ptrdiff_t)width * height;
    const float *alpha = source + 3 * plane;
    for (int32_t round = begin; round < end_round; round++) {
        const int32_t spare = inner - 1 - rounds + round, first = spare > 0 ? spare : 0;
        const int32_t bottom = height - first, end = width - first;
        for (int c = 0; c < 3; c++) {
            const float *right = p + 2 * c * plane, *down = right + plane;
            for (int32_t y = first; y < bottom; y++) {
                const ptrdiff_t row = (ptrdiff_t)y * width;
                float *out = shown + c * plane + row;
                const float *in = source + c * plane + row;
                for (int32_t x = first; x < end; x++) out[x] = in[x] - right[row + x] - down[row + x];
                for (int32_t x = first > 0 ? first : 1; x < end; x++) out[x] += right[row + x - 1];
                if (y > 0)
                    for (int32_t x = first; x < end; x++) out[x] += down[row - width + x];
            }
        }
        if (round == rounds) break;
        for (int32_t y = first; y < bottom; y++) {
            const ptrdiff_t row = (ptrdiff_t)y * width, below = y + 1 < height ? width : 0;
            for (int32_t left = first; left < end; left += LINE) {
                const int n = end - left < LINE ? end - left : LINE, compared = left + n < width ? n : n - 1;
                float across[3][LINE], along[3][LINE], size[3][LINE];
                const float *seen = alpha + row + left;
                for (int c = 0; c < 3; c++) {
                    const float *here = shown + c * plane + row + left;
                    for (int i = 0; i < compared; i++)
                        across[c][i] = seen[i] > 0 && seen[i + 1] > 0 ? here[i + 1] - here[i] : 0;
                    if (compared < n) across[c][n - 1] = 0;
                    for (int i = 0; i < n; i++) {
                        along[c][i] = seen[i] > 0 && seen[below + i] > 0 ? here[below + i] - here[i] : 0;
                        size[c][i] = across[c][i] * across[c][i] + along[c][i] * along[c][i];
                    }
                }
                if (shared)
                    for (int i = 0; i < n; i++) size[0][i] = size[1][i] = size[2][i] = size[0][i] + size[1][i] + size[2][i];
                for (int c = 0; c < 3; c++) {
                    float *right = p + 2 * c * plane + row + left, *down = right + plane;
                    for (int i = 0; i < n; i++) {
                        const float shrink = 1.0f + slope * __builtin_sqrtf(size[c][i]);
                        right[i] = (right[i] - step * across[c][i]) / shrink;
                        down[i] = (down[i] - step * along[c][i]) / shrink;
                    }
                }
            }
        }
    }
}
