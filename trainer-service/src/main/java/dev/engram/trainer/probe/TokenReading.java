package dev.engram.trainer.probe;

import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapReduction;
import dev.engram.encoders.network.TapRequest.Reduction;
import dev.engram.v1.ProbeSpec;

/**
 * What of a transformer's layer is its feature: joint-embedding and reconstructing encoders keep classes in different tokens (S. Shekhar, F. Bordes,
 * P. Vincent, A. Morcos, "Objectives Matter", 2023, <a href="https://arxiv.org/abs/2304.13089">arXiv 2304.13089</a>). A layer without tokens is
 * averaged over its positions, whatever is asked for.
 */
public enum TokenReading implements TapReduction {
    /** The mean of all, the class token too. */
    ALL {
        @Override
        String ofTokens(Tap tap, String activation, ProgramText text) {
            return Reduction.MEAN.write(tap, activation, text);
        }
    },
    /** The class token alone, which is the first. */
    CLASS_TOKEN {
        @Override
        String ofTokens(Tap tap, String activation, ProgramText text) {
            return Reduction.FIRST_TOKEN.write(tap, activation, text);
        }
    },
    /** The mean of all but the class token. */
    NO_CLASS_TOKEN {
        @Override
        String ofTokens(Tap tap, String activation, ProgramText text) {
            return text.let("torch.mean(torch.slice(%s, 1, 1, 9223372036854775807, 1), [1], False)", activation);
        }
    };

    /** As a spec says it; {@link #ALL} if it does not. */
    static TokenReading of(ProbeSpec.Tokens tokens) {
        return switch (tokens) {
            case TOKENS_UNSPECIFIED, ALL, UNRECOGNIZED -> ALL;
            case CLASS_TOKEN -> CLASS_TOKEN;
            case NO_CLASS_TOKEN -> NO_CLASS_TOKEN;
        };
    }

    abstract String ofTokens(Tap tap, String activation, ProgramText text);

    @Override
    public String write(Tap tap, String activation, ProgramText text) {
        return tap.isTokens() ? ofTokens(tap, activation, text) : Reduction.MEAN.write(tap, activation, text);
    }
}
