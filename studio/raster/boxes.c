// Means over squares whose sides end inside pixels, by running sums (McDonnell, Box-filtering techniques, 1981).
//
// Values are rounded to 1 / 2^24 first, so that sums in double precision are exact and it matters not where they begin.

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

typedef double Double4 __attribute__((ext_vector_type(4)));
typedef float Float4 __attribute__((ext_vector_type(4)));

static const float GRID = 16777216.0f;

typedef struct {
    float share, scale;  // of the outermost values; one over the side of the square
} Weights;

static inline float on_grid(float value) { return rintf(value * GRID) * (1.0f / GRID); }

static inline float mean_of(double inner, double outer, Weights weights) {
    const float within = (float)inner;
    return (within + ((float)outer - within) * weights.share) * weights.scale;
}

// Along one row of pixels of four channels. "line" begins "reach" pixels before the row.
static void across4(const float *line, float *out, int32_t width, int32_t reach, Weights weights) {
    const Float4 *values = (const Float4 *)line;
    Double4 sum = 0.0;
    for (int32_t x = 1; x < 2 * reach; x++) sum += __builtin_convertvector(values[x], Double4);
    for (int32_t x = 0; x < width; x++) {
        const Double4 first = __builtin_convertvector(values[x], Double4);
        const Double4 last = __builtin_convertvector(values[x + 2 * reach], Double4);
        const Double4 outer = sum + first + last;
        for (int c = 0; c < 4; c++) out[4 * x + c] = on_grid(mean_of(sum[c], outer[c], weights));
        sum += last - __builtin_convertvector(values[x + 1], Double4);
    }
}

static void across1(const float *line, float *out, int32_t width, int32_t reach, Weights weights) {
    double sum = 0;
    for (int32_t x = 1; x < 2 * reach; x++) sum += line[x];
    for (int32_t x = 0; x < width; x++) {
        const double outer = sum + line[x] + line[x + 2 * reach];
        out[x] = on_grid(mean_of(sum, outer, weights));
        sum += (double)line[x + 2 * reach] - line[x + 1];
    }
}

static inline int32_t within(int32_t place, int32_t count) {
    return place < 0 ? 0 : place < count ? place : count - 1;
}

// Means over squares of side 2·(reach − 1 + share) + 1 of pixels of 1 or 4 channels in one piece; beyond the edges the outermost
// pixels are repeated. "between" has room for the picture, "line" for width + 2·reach pixels, "sums" for a row of doubles;
// "line" begins at a multiple of 16 bytes.
EXPORT void danqing_box_means(const float *source, float *target, int32_t width, int32_t height, int32_t channels, int32_t reach,
                              float share, float scale, float *between, float *line, double *sums) {
    const Weights weights = {share, scale};
    const ptrdiff_t row = (ptrdiff_t)width * channels;
    for (int32_t y = 0; y < height; y++) {
        const float *from = source + y * row;
        for (int32_t x = -reach; x < 0; x++)
            for (int c = 0; c < channels; c++) line[(x + reach) * channels + c] = on_grid(from[c]);
        for (ptrdiff_t i = 0; i < row; i++) line[(ptrdiff_t)reach * channels + i] = on_grid(from[i]);
        for (int32_t x = 0; x < reach; x++)
            for (int c = 0; c < channels; c++) line[(x + width + reach) * channels + c] = on_grid(from[row - channels + c]);
        if (channels == 4) across4(line, between + y * row, width, reach, weights);
        else across1(line, between + y * row, width, reach, weights);
    }
    for (ptrdiff_t i = 0; i < row; i++) sums[i] = 0;
    for (int32_t y = 1 - reach; y < reach; y++) {
        const float *from = between + within(y, height) * row;
        for (ptrdiff_t i = 0; i < row; i++) sums[i] += from[i];
    }
    for (int32_t y = 0; y < height; y++) {
        const float *first = between + within(y - reach, height) * row, *last = between + within(y + reach, height) * row;
        const float *left = between + within(y - reach + 1, height) * row;
        float *restrict out = target + y * row;
        for (ptrdiff_t i = 0; i < row; i++) {
            out[i] = mean_of(sums[i], sums[i] + first[i] + last[i], weights);
            sums[i] += (double)last[i] - left[i];
        }
    }
}
