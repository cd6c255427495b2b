// Patches of a picture looked for and put together (PatchMatch, Barnes et al. 2009; voting, Wexler et al. 2007), seams of
// least cost (forward energy, Rubinstein et al. 2008), and soap films (Laplace's equation by over-relaxation).

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

typedef float Pixel __attribute__((vector_size(16), aligned(16)));

static inline float total(Pixel p) { return (p[0] + p[1]) + (p[2] + p[3]); }

// The same bits on every machine: a counter mixed thrice (Steele, Lea, Flood 2014).
static inline uint64_t mixed(uint64_t z) {
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

typedef struct {
    const Pixel *pixels;     // [height, width]
    const uint8_t *sources;  // [height, width]: 1 where a patch may be taken whose centre this is
    int32_t width, height, radius;
} Picture;

// Sum of squared differences of the patches round the target and round the source; mirror: 1 across, 2 up and down, 3 both.
// Given up above ``most``. Pixels of the target's patch beyond the canvas do not count.
static float distance(const Picture *in, int x, int y, int sx, int sy, int mirror, float most) {
    const int r = in->radius;
    const int left = x < r ? -x : -r, right = x + r >= in->width ? in->width - 1 - x : r;
    const int top = y < r ? -y : -r, bottom = y + r >= in->height ? in->height - 1 - y : r;
    const ptrdiff_t across = mirror & 1 ? -1 : 1, down = mirror & 2 ? -1 : 1;
    float sum = 0;
    for (int j = top; j <= bottom; j++) {
        const Pixel *a = in->pixels + (ptrdiff_t)(y + j) * in->width + x;
        const Pixel *b = in->pixels + (ptrdiff_t)(sy + down * j) * in->width + sx;
        Pixel row = {0, 0, 0, 0};
        for (int i = left; i <= right; i++) {
            const Pixel d = a[i] - b[across * i];
            row += d * d;
        }
        sum += total(row);
        if (sum >= most) return sum;
    }
    const float counted = (float)((right - left + 1) * (bottom - top + 1)), full = (float)((2 * r + 1) * (2 * r + 1));
    return sum * (full / counted);
}

typedef struct {
    int32_t x, y, mirror;
    float cost;
} Match;

static inline int allowed(const Picture *in, int64_t x, int64_t y) {
    return x >= 0 && y >= 0 && x < in->width && y < in->height && in->sources[y * in->width + x];
}

static inline void tried(const Picture *in, int x, int y, int sx, int sy, int mirror, Match *best) {
    if (sx == best->x && sy == best->y && mirror == best->mirror) return;
    const float cost = distance(in, x, y, sx, sy, mirror, best->cost);
    if (cost < best->cost) *best = (Match){sx, sy, mirror, cost};
}

// One pass over the targets first … last − 1 (backwards where ``last`` < ``first``: first − 1 … last). numbers [height, width]:
// the target's number or −1. fresh: the costs are computed anew, for the picture has changed.
EXPORT void danqing_match(const float *pixels, const uint8_t *sources, int32_t width, int32_t height, int32_t radius,
                          const int32_t *places, const int32_t *numbers, int32_t *found, float *costs, int32_t first,
                          int32_t last, int32_t mirrors, int32_t reach, uint64_t seed, int32_t fresh) {
    const Picture in = {(const Pixel *)pixels, sources, width, height, radius};
    const int back = last < first, step = back ? 1 : -1, count = back ? first - last : last - first;
    for (int32_t k = 0; k < count; k++) {
        const int32_t n = back ? first - 1 - k : first + k;
        const int x = places[2 * n], y = places[2 * n + 1];
        Match best = {found[3 * n], found[3 * n + 1], found[3 * n + 2], costs[n]};
        if (fresh) best.cost = distance(&in, x, y, best.x, best.y, best.mirror, __builtin_inff());
        for (int side = 0; side < 2; side++) {
            const int nx = x + (side ? 0 : step), ny = y + (side ? step : 0);
            if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
            const int32_t near = numbers[(ptrdiff_t)ny * width + nx];
            if (near < 0) continue;
            const int mirror = found[3 * near + 2];
            const int sx = found[3 * near] - (side ? 0 : mirror & 1 ? -step : step);
            const int sy = found[3 * near + 1] - (side ? mirror & 2 ? -step : step : 0);
            if (allowed(&in, sx, sy)) tried(&in, x, y, sx, sy, mirror, &best);
        }
        uint64_t chance = mixed(seed ^ mixed((uint64_t)(uint32_t)n));
        for (int wide = reach; wide >= 1; wide /= 2) {
            chance = mixed(chance);
            const int64_t span = 2 * (int64_t)wide + 1;
            const int64_t sx = best.x - wide + (int64_t)(((chance & 0xffffff) * (uint64_t)span) >> 24);
            const int64_t sy = best.y - wide + (int64_t)((((chance >> 24) & 0xffffff) * (uint64_t)span) >> 24);
            const int mirror = (int)(chance >> 60) & mirrors;
            if (allowed(&in, sx, sy)) tried(&in, x, y, (int)sx, (int)sy, mirror, &best);
        }
        found[3 * n] = best.x, found[3 * n + 1] = best.y, found[3 * n + 2] = best.mirror, costs[n] = best.cost;
    }
}

// Each pixel of the hole (places ``hole`` [count, 2]) becomes the mean, by ``weights``, of what the patches over it say.
EXPORT void danqing_vote(float *pixels, int32_t width, int32_t height, int32_t radius, const int32_t *hole, int32_t count,
                         const int32_t *numbers, const int32_t *found, const float *weights, float *result) {
    const Pixel *in = (const Pixel *)pixels;
    Pixel *out = (Pixel *)result;
    for (int32_t k = 0; k < count; k++) {
        const int x = hole[2 * k], y = hole[2 * k + 1];
        Pixel sum = {0, 0, 0, 0};
        float all = 0;
        for (int j = -radius; j <= radius; j++) {
            if (y + j < 0 || y + j >= height) continue;
            for (int i = -radius; i <= radius; i++) {
                if (x + i < 0 || x + i >= width) continue;
                const int32_t n = numbers[(ptrdiff_t)(y + j) * width + x + i];
                if (n < 0) continue;
                const int32_t *s = found + 3 * (ptrdiff_t)n;
                const int sx = s[0] - (s[2] & 1 ? -i : i), sy = s[1] - (s[2] & 2 ? -j : j);
                const Pixel p = in[(ptrdiff_t)sy * width + sx];
                sum += p * weights[n];
                all += weights[n];
            }
        }
        out[k] = sum / all;
    }
}

// The seam of least cost from top to bottom in the first ``width`` columns. cost of pixel (x, y) coming from above-left, above,
// above-right: |right − left| plus the new edges (forward energy), plus its bias. sums: [height, stride] scratch.
EXPORT void danqing_seam(const float *grey, const float *bias, float *sums, int32_t width, int32_t height, int32_t stride,
                         int32_t *seam) {
    for (int y = 0; y < height; y++) {
        const float *g = grey + (ptrdiff_t)y * stride, *b = bias + (ptrdiff_t)y * stride, *above = g - stride;
        float *s = sums + (ptrdiff_t)y * stride;
        const float *before = s - stride;
        for (int x = 0; x < width; x++) {
            const float l = g[x > 0 ? x - 1 : 0], r = g[x + 1 < width ? x + 1 : x];
            const float across = __builtin_fabsf(r - l);
            if (y == 0) {
                s[x] = across + b[x];
                continue;
            }
            float least = before[x];
            if (x > 0) {
                const float from = before[x - 1] + __builtin_fabsf(above[x] - l);
                least = from < least ? from : least;
            }
            if (x + 1 < width) {
                const float from = before[x + 1] + __builtin_fabsf(above[x] - r);
                least = from < least ? from : least;
            }
            s[x] = least + across + b[x];
        }
    }
    const float *end = sums + (ptrdiff_t)(height - 1) * stride;
    int at = 0;
    for (int x = 1; x < width; x++) at = end[x] < end[at] ? x : at;
    for (int y = height - 1; y >= 0; y--) {
        seam[y] = at;
        if (y == 0) break;
        const float *g = grey + (ptrdiff_t)y * stride, *above = g - stride, *before = sums + (ptrdiff_t)(y - 1) * stride;
        const int x = at;
        const float l = g[x > 0 ? x - 1 : 0], r = g[x + 1 < width ? x + 1 : x];
        float least = before[x];
        if (x > 0 && before[x - 1] + __builtin_fabsf(above[x] - l) < least)
            at = x - 1, least = before[x - 1] + __builtin_fabsf(above[x] - l);
        if (x + 1 < width && before[x + 1] + __builtin_fabsf(above[x] - r) < least) at = x + 1;
    }
}

// Takes the seam's value out of each row: what lies right of it, within the first ``width``, moves left by one.
EXPORT void danqing_close(uint32_t *plane, int32_t width, int32_t height, int32_t stride, const int32_t *seam) {
    for (int y = 0; y < height; y++) {
        uint32_t *row = plane + (ptrdiff_t)y * stride;
        for (int x = seam[y]; x + 1 < width; x++) row[x] = row[x + 1];
    }
}

// Sweeps of successive over-relaxation, red before black: each listed pixel towards the mean of its neighbours on the canvas.
EXPORT void danqing_film(float *values, int32_t width, int32_t height, const int32_t *places, int32_t count, int32_t sweeps,
                         float pull) {
    Pixel *v = (Pixel *)values;
    for (int32_t sweep = 0; sweep < 2 * sweeps; sweep++) {
        for (int32_t k = 0; k < count; k++) {
            const int x = places[2 * k], y = places[2 * k + 1];
            if (((x + y) & 1) != (sweep & 1)) continue;
            Pixel *p = v + (ptrdiff_t)y * width + x, sum = {0, 0, 0, 0};
            float near = 0;
            if (x > 0) sum += p[-1], near += 1;
            if (x + 1 < width) sum += p[1], near += 1;
            if (y > 0) sum += p[-width], near += 1;
            if (y + 1 < height) sum += p[width], near += 1;
            if (near > 0) *p += (sum / near - *p) * pull;
        }
    }
}
