namespace Gradus.Data;

/// <summary>
/// The rows of a component as wide as the picture. Of half the samples each new one is three quarters of the nearest and one of the next, as the
/// reference implementation does; of fewer, samples are repeated.
/// </summary>
internal sealed class JpegRows
{
    private readonly JpegComponent _component;
    private readonly int _across;
    private readonly int _down;
    private readonly byte[] _row;

    // A row between two rows, each number four times as large.
    private readonly int[] _blend;

    public JpegRows(JpegFrame frame, JpegComponent component)
    {
        (_component, _across, _down) = (component, frame.MostAcross / component.Across, frame.MostDown / component.Down);
        _row = new byte[(component.Width + 1) * _across];
        _blend = new int[component.Width];
    }

    /// <summary>The row that was read last.</summary>
    public ReadOnlySpan<byte> Row => _row;

    /// <summary>Reads the row of this number.</summary>
    public void Read(int y)
    {
        var near = Line(y / _down);
        if (_across == 1 && _down == 1)
        {
            near.CopyTo(_row);
            return;
        }

        if (_across > 2 || _down > 2)
        {
            for (var x = 0; x < near.Length * _across; x++) _row[x] = near[x / _across];
            return;
        }

        var isUpper = y % 2 == 0;
        var other = _down == 1 ? near : Line(Math.Clamp((y / 2) + (isUpper ? -1 : 1), 0, _component.Height - 1));
        for (var x = 0; x < near.Length; x++) _blend[x] = (3 * near[x]) + other[x];
        if (_across == 1)
        {
            for (var x = 0; x < near.Length; x++) _row[x] = (byte)((_blend[x] + (isUpper ? 1 : 2)) >> 2);
            return;
        }

        // Rounded up and down by turns, so that nothing is made brighter on the whole.
        var (up, down) = _down == 1 ? (4, 8) : (8, 7);
        for (var x = 0; x < near.Length; x++)
        {
            int mine = 3 * _blend[x], left = _blend[Math.Max(0, x - 1)], right = _blend[Math.Min(near.Length - 1, x + 1)];
            _row[2 * x] = (byte)((mine + left + up) >> 4);
            _row[(2 * x) + 1] = (byte)((mine + right + down) >> 4);
        }
    }

    private ReadOnlySpan<byte> Line(int row) => _component.Samples.AsSpan(row * _component.BlocksAcross * 8, _component.Width);
}
