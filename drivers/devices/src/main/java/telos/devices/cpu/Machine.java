package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine, and how kernels see memory. */
final class Machine {
    static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
    /** As many lanes as F where such a shape exists, else more, of which the first are used. */
    static final VectorSpecies<Short> S = VectorSpecies.of(short.class, shape(F.vectorBitSize() / 2));

    static final VectorSpecies<Byte> B = VectorSpecies.of(byte.class, shape(F.vectorBitSize() / 4));
    static final int LANES = F.length();

    /** At most 256 bits: a vector of shorts is a tile or a part of one. */
    static final VectorSpecies<Short> NIBBLES =
            F.vectorBitSize() >= 256 ? ShortVector.SPECIES_256 : VectorSpecies.of(short.class, F.vectorShape());

    static final VectorSpecies<Integer> HALF_I = VectorSpecies.of(int.class, NIBBLES.vectorShape());
    static final VectorSpecies<Float> HALF_F = VectorSpecies.of(float.class, NIBBLES.vectorShape());
    static final VectorSpecies<Short> HALF_S = VectorSpecies.of(short.class, shape(NIBBLES.vectorBitSize() / 2));
    static final int HALF_LANES = HALF_F.length();

    static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    /** All of memory: a constant, so that compiled code holds no base and no liveness check. */
    static final MemorySegment MEMORY = everything();

    /** Sign, exponent and fraction of an F16, sign-extended and shifted left by 13. */
    static final int F16_BITS = 0x8fffe000;
    /** The difference of the exponents' biases. Multiplying makes denormal numbers right, too; infinities not. */
    static final float F16_SCALE = 0x1p112f;
    /** The same for weights. */
    static final float F16_WEIGHT_SCALE = F16_SCALE * WeightMatrix.F16_UNIT;

    private Machine() {}

    private static VectorShape shape(int bits) {
        return VectorShape.forBitSize(Math.max(64, bits));
    }

    @SuppressWarnings("restricted")
    private static MemorySegment everything() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
