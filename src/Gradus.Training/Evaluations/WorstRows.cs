namespace Gradus.Training;

/// <summary>The rows of the highest loss. Of equal ones the first stay; a loss that is not a number is the highest.</summary>
internal sealed class WorstRows(int most)
{
    private readonly PriorityQueue<int, (double Loss, int Order)> _rows = new(most + 1);

    public void Add(int row, double loss)
    {
        var priority = (double.IsNaN(loss) ? double.PositiveInfinity : loss, -row);
        if (_rows.Count < most) _rows.Enqueue(row, priority);
        else _rows.EnqueueDequeue(row, priority);
    }

    /// <summary>The rows with their losses, the highest first.</summary>
    public (int Row, double Loss)[] ToArray() =>
        [.. _rows.UnorderedItems.OrderByDescending(static item => item.Priority).Select(static item => (item.Element, item.Priority.Loss))];
}
