package telos.training.transformer;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays by name, copied between PyTorch's memory and the heap. */
public record Snapshot(Map<String, float[]> arrays) {

    public static Snapshot of(Map<String, NDArray> source) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        source.forEach((name, array) -> arrays.put(name, array.toFloatArray()));
        return new Snapshot(arrays);
    }

    public float[] array(String name) {
        float[] values = arrays.get(name);
        if (values == null) {
            throw new IllegalArgumentException("nothing was saved under the name " + name);
        }
        return values;
    }
}
