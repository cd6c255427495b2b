// The value of a given rank among float values in windows of any symmetric shape, exact at any radius: medians and percentiles.
//
// A block's values are replaced by their ranks (a radix sort); the window slides over the ranks in a serpentine, its counts in
// two levels (Huang, Yang and Tang, "A fast two-dimensional median filtering algorithm", IEEE TASSP 27, 1979).

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { BLOCK = 64, VALUES = 65536, FINE = 6, LARGEST = 96 };

struct work {
    uint32_t keys[VALUES], other_keys[VALUES];
    uint32_t places[VALUES], other_places[VALUES];
    uint16_t ranks[VALUES];
    float values[VALUES];  // by rank
    uint16_t fine[VALUES];
    uint16_t coarse[VALUES >> FINE];
};

EXPORT int64_t danqing_median_work(void) { return (int64_t)sizeof(struct work); }

// An order of unsigned numbers that is the order of floats.
static uint32_t key_of(float value) {
    union {
        float value;
        uint32_t bits;
    } in = {value == 0 ? 0.0f : value};  // −0 is 0
    return in.bits >> 31 ? ~in.bits : in.bits | 0x80000000u;
}

static void sorted(struct work *work, int count) {
    uint32_t *keys = work->keys, *places = work->places, *to_keys = work->other_keys, *to_places = work->other_places;
    for (int shift = 0; shift < 32; shift += 8) {
        int starts[257] = {0};
        for (int i = 0; i < count; i++) starts[(keys[i] >> shift & 255) + 1]++;
        if (starts[(keys[0] >> shift & 255) + 1] == count) continue;  // all the same here
        for (int i = 0; i < 256; i++) starts[i + 1] += starts[i];
        for (int i = 0; i < count; i++) {
            const int to = starts[keys[i] >> shift & 255]++;
            to_keys[to] = keys[i];
            to_places[to] = places[i];
        }
        uint32_t *swap = keys;
        keys = to_keys, to_keys = swap;
        swap = places;
        places = to_places, to_places = swap;
    }
    if (keys != work->keys) {
        memcpy(work->keys, keys, (size_t)count * sizeof *keys);
        memcpy(work->places, places, (size_t)count * sizeof *places);
    }
}

struct window {
    uint16_t *fine, *coarse;
    int group, below;  // of the coarse level, where the value was; values in the groups below it
};

// A shape of ``side`` rows of 2 extents + 1 values, the same seen across and down: what lies on its edges, as places in a
// block that is ``wide`` values wide, seen from the corner of the square around it.
struct shape {
    int32_t left[2 * LARGEST + 1], right[2 * LARGEST + 1], top[2 * LARGEST + 1], bottom[2 * LARGEST + 1];
    int side, square;
};

static void shaped(struct shape *shape, const int32_t *extents, int radius, int wide) {
    shape->side = 2 * radius + 1, shape->square = 1;
    for (int j = 0; j < shape->side; j++) {
        const int first = radius - extents[j], last = radius + extents[j];
        shape->left[j] = j * wide + first, shape->right[j] = j * wide + last;
        shape->top[j] = first * wide + j, shape->bottom[j] = last * wide + j;
        shape->square &= extents[j] == radius;
    }
}

static inline void put_line(struct window *window, const uint16_t *rank, ptrdiff_t step, int count, int change) {
    int below = window->below;
    for (int i = 0; i < count; i++) {
        const int value = rank[i * step];
        window->fine[value] = (uint16_t)(window->fine[value] + change);
        window->coarse[value >> FINE] = (uint16_t)(window->coarse[value >> FINE] + change);
        below += (value >> FINE) < window->group ? change : 0;
    }
    window->below = below;
}

static inline void put_edge(struct window *window, const uint16_t *corner, const int32_t *places, int count, int change) {
    int below = window->below;
    for (int i = 0; i < count; i++) {
        const int value = corner[places[i]];
        window->fine[value] = (uint16_t)(window->fine[value] + change);
        window->coarse[value >> FINE] = (uint16_t)(window->coarse[value >> FINE] + change);
        below += (value >> FINE) < window->group ? change : 0;
    }
    window->below = below;
}

static void put_all(struct window *window, const uint16_t *corner, const struct shape *shape, int change) {
    for (int j = 0; j < shape->side; j++)
        put_line(window, corner + shape->left[j], 1, shape->right[j] - shape->left[j] + 1, change);
}

static inline int found(struct window *window, int wanted) {
    while (window->below > wanted) window->below -= window->coarse[--window->group];
    while (window->below + window->coarse[window->group] <= wanted) window->below += window->coarse[window->group++];
    int rank = window->group << FINE, below = window->below;
    while (below + window->fine[rank] <= wanted) below += window->fine[rank++];
    return rank;
}

static void block(struct work *work, float *out, ptrdiff_t stride, int step, int width, int height,
                  const struct shape *shape, int wide, int wanted) {
    const int side = shape->side;
    struct window window = {work->fine, work->coarse, 0, 0};
    put_all(&window, work->ranks, shape, 1);
    for (int y = 0; y < height; y++) {
        const int back = y & 1;
        for (int k = 0; k < width; k++) {
            const int x = back ? width - 1 - k : k;
            const uint16_t *corner = work->ranks + y * wide + x;
            if (k > 0 && shape->square) {
                put_line(&window, back ? corner + side : corner - 1, wide, side, -1);
                put_line(&window, back ? corner : corner + side - 1, wide, side, 1);
            } else if (k > 0) {
                put_edge(&window, back ? corner + 1 : corner - 1, back ? shape->right : shape->left, side, -1);
                put_edge(&window, corner, back ? shape->left : shape->right, side, 1);
            }
            out[y * stride + x * step] = work->values[found(&window, wanted)];
        }
        const uint16_t *corner = work->ranks + y * wide + (back ? 0 : width - 1);
        if (y + 1 < height) {
            put_edge(&window, corner, shape->top, side, -1);
            put_edge(&window, corner + wide, shape->bottom, side, 1);
        }
    }
    // what is left is taken out, so that the counts are zero again
    put_all(&window, work->ranks + (height - 1) * wide + ((height - 1) & 1 ? 0 : width - 1), shape, -1);
}

// The values of rank ``wanted`` (0 the smallest) of one channel: values lie ``step`` floats apart, rows ``stride`` floats.
// The source reaches ``radius`` (at most LARGEST) beyond the target. ``extents``: of the window's 2 radius + 1 rows, how far
// each reaches from the middle. ``memory``: danqing_median_work() bytes, zero at first.
EXPORT void danqing_ranked(const float *source, ptrdiff_t source_stride, float *target, ptrdiff_t target_stride, int32_t step,
                           int32_t width, int32_t height, int32_t radius, const int32_t *extents, int32_t wanted,
                           struct work *work) {
    struct shape shape;
    for (int32_t top = 0; top < height; top += BLOCK) {
        for (int32_t left = 0; left < width; left += BLOCK) {
            const int w = width - left < BLOCK ? width - left : BLOCK, h = height - top < BLOCK ? height - top : BLOCK;
            const int wide = w + 2 * radius, high = h + 2 * radius;
            const float *corner = source + (top - radius) * source_stride + (left - radius) * (ptrdiff_t)step;
            for (int j = 0, i = 0; j < high; j++)
                for (int k = 0; k < wide; k++, i++) {
                    work->keys[i] = key_of(corner[j * source_stride + k * (ptrdiff_t)step]);
                    work->places[i] = (uint32_t)i;
                }
            sorted(work, wide * high);
            int rank = 0;
            for (int i = 0; i < wide * high; i++) {
                rank += i > 0 && work->keys[i] != work->keys[i - 1];
                const int place = (int)work->places[i];
                work->ranks[place] = (uint16_t)rank;
                work->values[rank] = corner[place / wide * source_stride + place % wide * (ptrdiff_t)step];
            }
            shaped(&shape, extents, radius, wide);
            block(work, target + top * target_stride + left * (ptrdiff_t)step, target_stride, step, w, h, &shape, wide, wanted);
        }
    }
}
