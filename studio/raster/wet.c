// What the dabs of wet brushes do with the pixels under them: how strongly each is touched, the paint that is taken up, the paint
// that is laid. Each is one pass over the part of a dab that lies in one block; pixels that a dab does not touch are not read.
//
// Pixels are premultiplied RGBA floats; strides are in bytes. Contraction to fused multiply-add is off, and sums have one order,
// so that every processor gives the same bits.

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))
#define INLINE static inline __attribute__((always_inline))

typedef float Pixel __attribute__((ext_vector_type(4)));
typedef double Sum __attribute__((ext_vector_type(4)));
typedef _Float16 HalfPixel __attribute__((ext_vector_type(4)));

enum { RUN = 64 };  // pixels whose sum is a float

INLINE Pixel at(const char *row, int32_t x) {
    Pixel pixel;
    memcpy(&pixel, row + (ptrdiff_t)x * sizeof pixel, sizeof pixel);
    return pixel;
}

INLINE void put(char *row, int32_t x, Pixel pixel) { memcpy(row + (ptrdiff_t)x * sizeof pixel, &pixel, sizeof pixel); }

INLINE float within(float value) {
    value = value > 0.0f ? value : 0.0f;
    return value < 1.0f ? value : 1.0f;
}

// What is covered of a ground of hills and valleys: cover · level · gain − loss · height, cut to 0–1. The heights [tall, wide] lie
// in one piece and repeat; the first pixel stands at (column, row) of them.
EXPORT void danqing_on_ground(const char *cover, ptrdiff_t cover_stride, char *target, ptrdiff_t stride, int32_t width,
                              int32_t height, float level, float gain, float loss, const float *heights, int32_t wide,
                              int32_t tall, int32_t column, int32_t row) {
    for (int32_t y = 0; y < height; y++, cover += cover_stride, target += stride) {
        const float *line = heights + (ptrdiff_t)((row + y) % tall) * wide;
        for (int32_t x = 0, from = column; x < width; from = 0) {
            const int32_t count = width - x < wide - from ? width - x : wide - from;
            const float *covered = (const float *)cover + x;
            float *taken = (float *)target + x;
            for (int32_t i = 0; i < count; i++) taken[i] = within(covered[i] * level * gain - loss * line[from + i]);
            x += count;
        }
    }
}

// Adds to sums[0] the weights, each times ``level``, and to sums[1…4] by these the pixels that a brush takes up: before · (1 − covered / 2) + paint / 2,
// and where there is something around the layer, this · (1 − alpha) more. ``around`` may be null.
EXPORT void danqing_take_up(const char *weight, ptrdiff_t weight_stride, const char *covered, ptrdiff_t covered_stride,
                            const char *paint, ptrdiff_t paint_stride, const char *before, ptrdiff_t before_stride,
                            const char *around, ptrdiff_t around_stride, int32_t width, int32_t height, float level,
                            double *sums) {
    double whole = sums[0];
    Sum taken = {sums[1], sums[2], sums[3], sums[4]};
    for (int32_t y = 0; y < height; y++) {
        const float *weights = (const float *)weight, *covers = (const float *)covered;
        for (int32_t start = 0; start < width; start += RUN) {
            const int32_t end = width - start < RUN ? width : start + RUN;
            float some = 0.0f;
            Pixel part = 0.0f;
            for (int32_t x = start; x < end; x++) {
                const float share = weights[x] * level;
                if (share == 0.0f) continue;
                Pixel seen = at(before, x) * (1.0f - covers[x] * 0.5f) + at(paint, x) * 0.5f;
                if (around) seen += at(around, x) * (1.0f - seen.w);
                some += share;
                part += seen * share;
            }
            whole += some;
            taken += __builtin_convertvector(part, Sum);
        }
        weight += weight_stride, covered += covered_stride, paint += paint_stride, before += before_stride;
        if (around) around += around_stride;
    }
    sums[0] = whole, sums[1] = taken.x, sums[2] = taken.y, sums[3] = taken.z, sums[4] = taken.w;
}

// Lays a dab's paint over the one before it: with w = weight · flow, paint · (1 − w) + w · part, covered · (1 − w) + w. Where the tip has colours of its
// own, these are added as far as the dab covers, ``printed`` / cover · w · own. ``covered`` may be null, and so ``printed`` and
// with it ``cover``.
EXPORT void danqing_lay_paint(const char *weight, ptrdiff_t weight_stride, char *covered, ptrdiff_t covered_stride, char *paint,
                              ptrdiff_t paint_stride, int32_t width, int32_t height, float flow, const float *part,
                              const char *printed, ptrdiff_t printed_stride, const char *cover, ptrdiff_t cover_stride,
                              float own) {
    const Pixel colour = {part[0], part[1], part[2], part[3]};
    for (int32_t y = 0; y < height; y++) {
        const float *weights = (const float *)weight;
        float *covers = (float *)covered;
        for (int32_t x = 0; x < width; x++) {
            const float share = weights[x] * flow;
            if (share == 0.0f) continue;
            Pixel laid = colour * share;
            if (printed) {
                const float covering = ((const float *)cover)[x];
                if (covering > 0.0f) laid += at(printed, x) * (share * (1.0f / covering) * own);
            }
            put(paint, x, at(paint, x) * (1.0f - share) + laid);
            if (covers) covers[x] = covers[x] * (1.0f - share) + share;
        }
        weight += weight_stride, paint += paint_stride;
        if (covered) covered += covered_stride;
        if (printed) printed += printed_stride, cover += cover_stride;
    }
}

// Colours laid into the alpha that was there.
INLINE Pixel locked(Pixel pixel, float alpha) {
    const float now = pixel.w;
    if (now != alpha) pixel *= now > 0.0f ? alpha / now : 0.0f;
    pixel.w = alpha;
    return pixel;
}

// Takes pixels of one or four channels towards a target: pixel + (target − pixel) · weight · rate. ``keeps_alpha``: their alpha
// stays as it was. ``carried`` gets the new pixels before that; it may be null, or the target itself.
EXPORT void danqing_towards(char *pixels, ptrdiff_t stride, const char *target, ptrdiff_t target_stride, const char *weight,
                            ptrdiff_t weight_stride, char *carried, ptrdiff_t carried_stride, int32_t width, int32_t height,
                            int32_t channels, float rate, int32_t keeps_alpha) {
    for (int32_t y = 0; y < height; y++) {
        const float *weights = (const float *)weight;
        if (channels == 1) {
            float *values = (float *)pixels, *taken = (float *)carried;
            const float *wanted = (const float *)target;
            for (int32_t x = 0; x < width; x++) {
                const float new = (wanted[x] - values[x]) * (weights[x] * rate) + values[x];
                values[x] = new;
                if (taken) taken[x] = new;
            }
        } else {
            for (int32_t x = 0; x < width; x++) {
                const float share = weights[x] * rate;
                const Pixel old = at(pixels, x);
                if (share == 0.0f) {
                    if (carried) put(carried, x, old);
                    continue;
                }
                const Pixel new = (at(target, x) - old) * share + old;
                if (carried) put(carried, x, new);
                put(pixels, x, keeps_alpha ? locked(new, old.w) : new);
            }
        }
        pixels += stride, target += target_stride, weight += weight_stride;
        if (carried) carried += carried_stride;
    }
}

// Place ``to`` of ``many`` in ``few``: the pixel before it, and how far it lies behind that pixel's middle.
INLINE int32_t before_place(int32_t to, int32_t many, int32_t few, float *behind) {
    const float place = (float)(((double)to + 0.5) * (double)few / (double)many - 0.5);
    const float floor = floorf(place);
    const int32_t first = (int32_t)floor;
    const int inside = first >= 0 && first < few - 1;
    *behind = inside ? place - floor : 0.0f;
    return first < 0 ? 0 : first < few ? first : few - 1;
}

// As danqing_towards, with what was carried under a dab of another size, ``held`` [tall, wide], stretched linearly to that of this
// one, [rows, columns]; the first pixel is that at (column, row) of it. ``carried`` gets the new pixels.
EXPORT void danqing_smear(char *pixels, ptrdiff_t stride, const char *weight, ptrdiff_t weight_stride, const char *held,
                          ptrdiff_t held_stride, char *carried, ptrdiff_t carried_stride, int32_t width, int32_t height,
                          int32_t wide, int32_t tall, int32_t columns, int32_t rows, int32_t column, int32_t row, float rate,
                          int32_t keeps_alpha) {
    int32_t places[RUN], nexts[RUN];
    float behinds[RUN];
    for (int32_t start = 0; start < width; start += RUN) {
        const int32_t count = width - start < RUN ? width - start : RUN;
        for (int32_t i = 0; i < count; i++) {
            places[i] = before_place(column + start + i, columns, wide, behinds + i);
            nexts[i] = places[i] + 1 < wide ? places[i] + 1 : places[i];
        }
        for (int32_t y = 0; y < height; y++) {
            float down;
            const int32_t line = before_place(row + y, rows, tall, &down);
            const char *upper = held + line * held_stride, *lower = line + 1 < tall ? upper + held_stride : upper;
            const float *weights = (const float *)(weight + y * weight_stride) + start;
            char *to = pixels + y * stride + (ptrdiff_t)start * sizeof(Pixel);
            char *kept = carried + y * carried_stride + (ptrdiff_t)start * sizeof(Pixel);
            for (int32_t i = 0; i < count; i++) {
                const float share = weights[i] * rate, right = behinds[i];
                const Pixel old = at(to, i);
                if (share == 0.0f) {
                    put(kept, i, old);
                    continue;
                }
                const Pixel above = at(upper, places[i]) * (1.0f - right) + at(upper, nexts[i]) * right;
                const Pixel below = at(lower, places[i]) * (1.0f - right) + at(lower, nexts[i]) * right;
                const Pixel new = (above * (1.0f - down) + below * down - old) * share + old;
                put(kept, i, new);
                put(to, i, keeps_alpha ? locked(new, old.w) : new);
            }
        }
    }
}

// Paint laid on pixels of a layer, halves or floats: old · (1 − cover) + paint · cover / covered. ``old`` may be null for
// transparent pixels.
EXPORT void danqing_lay_wet(char *target, ptrdiff_t stride, const char *old, ptrdiff_t old_stride, const char *cover,
                            ptrdiff_t cover_stride, const char *covered, ptrdiff_t covered_stride, const char *paint,
                            ptrdiff_t paint_stride, int32_t width, int32_t height, int32_t is_half) {
    for (int32_t y = 0; y < height; y++) {
        const float *shown = (const float *)cover, *covers = (const float *)covered;
        for (int32_t x = 0; x < width; x++) {
            HalfPixel half;
            Pixel pixel = 0.0f;
            if (old && is_half) {
                memcpy(&half, old + (ptrdiff_t)x * 8, sizeof half);
                pixel = __builtin_convertvector(half, Pixel);
            } else if (old) {
                pixel = at(old, x);
            }
            const float share = covers[x] > 0.0f ? shown[x] * (1.0f / covers[x]) : 0.0f;
            pixel = pixel * (1.0f - shown[x]) + at(paint, x) * share;
            if (is_half) {
                half = __builtin_convertvector(pixel + 0.0f, HalfPixel);  // no negative zeros
                memcpy(target + (ptrdiff_t)x * 8, &half, sizeof half);
            } else {
                put(target, x, pixel);
            }
        }
        target += stride, cover += cover_stride, covered += covered_stride, paint += paint_stride;
        if (old) old += old_stride;
    }
}

// A round print that is flattened and turned: full up to hardness · full, then a smooth step down to 0 at full + 0.5 pixels,
// measured across its edge. The middle of the first pixel lies at (left, top) from the dab's middle. ``soft``: (1 − hardness) ·
// full.
EXPORT void danqing_oval(float *target, int32_t width, int32_t height, float left, float top, float cosine, float sine, float flat,
                         float full, float soft) {
    const float thin = soft > 1e-6f ? soft : 1e-6f;
    for (int32_t j = 0; j < height; j++, target += width) {
        const float y = top + (float)j;
        for (int32_t i = 0; i < width; i++) {
            const float x = left + (float)i;
            const float u = x * cosine + y * sine, v = (y * cosine - x * sine) / flat;
            const float square = u * u + v * v, distance = sqrtf(square);
            const float w = v / flat, gradient = sqrtf(u * u + w * w);
            const float edge = gradient / (distance > 1e-6f ? distance : 1e-6f);
            float value = within((full + 0.5f * edge - distance) / (edge > thin ? edge : thin));
            if (soft > 1.0f) value = value * value * (3.0f - 2.0f * value);
            target[i] = value;
        }
    }
}

// Rounds floats into values of a layer, halves or floats, in place; whether any of them is another than before. There are ``count``
// values in a row.
EXPORT int32_t danqing_settle(char *target, ptrdiff_t stride, const char *values, ptrdiff_t values_stride, int32_t count,
                              int32_t height, int32_t is_half) {
    uint32_t differing = 0;
    for (int32_t y = 0; y < height; y++, target += stride, values += values_stride) {
        const float *from = (const float *)values;
        if (is_half) {
            uint16_t *to = (uint16_t *)target;
            for (int32_t i = 0; i < count; i++) {
                const _Float16 half = (_Float16)(from[i] + 0.0f);  // no negative zeros
                uint16_t bits;
                memcpy(&bits, &half, sizeof bits);
                differing |= (uint32_t)(bits ^ to[i]);
                to[i] = bits;
            }
        } else {
            uint32_t *to = (uint32_t *)target;
            for (int32_t i = 0; i < count; i++) {
                const float value = from[i] + 0.0f;
                uint32_t bits;
                memcpy(&bits, &value, sizeof bits);
                differing |= bits ^ to[i];
                to[i] = bits;
            }
        }
    }
    return differing != 0;
}
