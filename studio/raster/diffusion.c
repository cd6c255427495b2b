// Error diffusion, row by row: each value plus the errors it was given becomes a tone, and its own error is kept for later.
//
// A pixel gathers the shares of the errors around it in one fixed order, so that its sum has the same bits whatever part of
// the picture is worked on at once.

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

typedef struct {
    const float *tones, *between;  // of each channel: `most` of them, those beyond its own count being infinite
    const int32_t *across, *down;  // from where an error comes: so far left, and so many rows above
    const float *shares;
    int32_t most, moves, pad, rows;
} Rule;

static inline float nearest(float value, const float *tones, const float *between, int32_t count) {
    int32_t index = 0;
    if (count <= 8) {
        for (int32_t i = 0; i < count - 1; i++) index += between[i] <= value;
        return tones[index];
    }
    int32_t first = 0, last = count - 1;
    while (first < last) {
        const int32_t middle = (first + last) / 2;
        if (between[middle] <= value) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return tones[first];
}

static inline void one_row(float *values, const uint8_t *seen, float *const *sources, float *errors, int32_t width,
                           const int channels, const Rule *rule) {
    for (int32_t x = 0; x < width; x++) {
        float given[3] = {0.0f, 0.0f, 0.0f};
        for (int32_t i = 0; i < rule->moves; i++) {
            const float *from = sources[i] + (ptrdiff_t)(x - rule->across[i]) * channels;
            for (int c = 0; c < channels; c++) given[c] += rule->shares[i] * from[c];
        }
        for (int c = 0; c < channels; c++) {
            const ptrdiff_t place = (ptrdiff_t)x * channels + c;
            const float wanted = values[place] + given[c];
            const float shown =
                nearest(wanted, rule->tones + c * rule->most, rule->between + c * rule->most, rule->most);
            values[place] = shown;
            errors[place] = seen[x] ? wanted - shown : 0.0f;
        }
    }
}

// `values` [height, width, channels], 1 or 3 channels, become tones in place. `errors` [rows, pad + width + pad, channels] is a
// ring of the rows before, row y in number y % rows, zero outside the picture; it goes on from call to call.
EXPORT void danqing_diffuse(float *values, const uint8_t *seen, int32_t width, int32_t height, int32_t channels,
                            int32_t top, const float *tones, const float *between, int32_t most, const int32_t *across,
                            const int32_t *down, const float *shares, int32_t moves, float *errors, int32_t rows,
                            int32_t pad) {
    const Rule rule = {tones, between, across, down, shares, most, moves, pad, rows};
    const ptrdiff_t long_row = (ptrdiff_t)(width + 2 * pad) * channels;
    float *sources[16];
    for (int32_t y = 0; y < height; y++) {
        const int32_t row = top + y;
        for (int32_t i = 0; i < moves; i++) {
            // above the picture lie rows of the ring that were not written yet: zero
            sources[i] = errors + (row + rows - down[i]) % rows * long_row + (ptrdiff_t)pad * channels;
        }
        float *own = errors + row % rows * long_row + (ptrdiff_t)pad * channels;
        float *line = values + (ptrdiff_t)y * width * channels;
        if (channels == 1) {
            one_row(line, seen + (ptrdiff_t)y * width, sources, own, width, 1, &rule);
        } else {
            one_row(line, seen + (ptrdiff_t)y * width, sources, own, width, 3, &rule);
        }
    }
}
