namespace Gradus.Nn;

/// <summary>A network's buffers as they were: written back at the end of the stretch.</summary>
internal sealed class KeptBuffers : IDisposable
{
    private readonly (Tensor Buffer, Tensor Before)[] _kept;

    public KeptBuffers(Module model)
    {
        using var mode = GradMode.Disable();
        _kept =
        [
            .. model.NamedBuffers().Where(static named => named.Buffer.Sizes.Known is not null)
                .Select(static named => (named.Buffer.Value, named.Buffer.Value.Clone())),
        ];
    }

    public void Dispose()
    {
        using var mode = GradMode.Disable();
        foreach (var (buffer, before) in _kept) buffer.CopyFrom(before);
    }
}
