namespace Gradus.Onnx;

/// <summary>Attention by a state that is written to at each step and read from: S ← decay·S + k·write, out = q·S·scale.</summary>
/// <remarks>Yang et al., "Gated delta networks", 2024, has the rules by which it is written to.</remarks>
internal static class LinearAttention
{
    public static OnnxResults Attend(OnnxCall call)
    {
        var (heads, groups) = (call.Size(call.Int("q_num_heads")), call.Size(call.Int("kv_num_heads")));
        var rule = call.Text("update_rule", "gated_delta");
        if (rule is not ("linear" or "gated" or "delta" or "gated_delta")) throw call.Fault($"update_rule {PlainText.Quote(rule)}");
        var dtype = call.X.DType;
        // [batch, time, heads, width], in f32 at the least.
        Tensor Split(Tensor x, int count) => (x.DType.IsHalf ? x.To(DType.Float32) : x).Reshape(x.Shape[0], x.Shape[1], count, x.Shape[2] / count);
        var (query, key, value) = (Split(call.X, heads), Split(call.Y, groups), Split(call[2], groups));
        // A number for each head, or one for all, or one for each of the key's.
        Tensor? Gate(int index) => call.Optional(index) is { } gate ? Split(gate, gate.Shape[2] == 1 ? 1 : groups) : null;
        var (decay, rate) = (rule is "gated" or "gated_delta" ? Gate(4) ?? throw call.Fault("decay is missing") : null,
            rule is "delta" or "gated_delta" ? Gate(5) ?? throw call.Fault("beta is missing") : null);
        var (batch, steps, width, depth) = (query.Shape[0], query.Shape[1], key.Shape[3], value.Shape[3]);
        var scale = call.Float("scale", 0) is not 0 and var given ? given : 1 / Math.Sqrt(width);
        var state = call.Optional(3)?.To(query.DType) ?? Tensor.Zeros([batch, groups, width, depth], query.DType);
        var outputs = new Tensor[steps];
        for (var step = 0; step < steps; step++)
        {
            var column = key.Select(1, step).Unsqueeze(-1);
            if (decay is not null) state = state * decay.Select(1, step).Exp().Unsqueeze(-1);
            var write = value.Select(1, step).Unsqueeze(-2);
            if (rate is not null) write = (write - column.Transpose(-1, -2).MatMul(state)) * rate.Select(1, step).Unsqueeze(-2);
            state = state + column.MatMul(write);
            var read = heads == groups ? state : state.RepeatInterleave(heads / groups, 1);
            outputs[step] = query.Select(1, step).Unsqueeze(-2).MatMul(read).Squeeze(-2) * scale;
        }

        return (Tensor.Stack(outputs, 1).Reshape(batch, steps, heads * depth).To(dtype), state.To(dtype));
    }
}
