using Parquet;
using Parquet.Schema;

namespace Gradus.Data;

/// <summary>Reads the cells of one column in one group of rows.</summary>
internal delegate Task ParquetRead(ParquetRowGroupReader group, DataField field, int rows, Action<int, TableValue> take);

/// <summary>From the type of a Parquet column to what reads it.</summary>
internal static class ParquetColumn
{
    private static readonly Dictionary<Type, ParquetRead> Readers = new()
    {
        [typeof(bool)] = Of<bool>(static value => value),
        [typeof(sbyte)] = Of<sbyte>(static value => value),
        [typeof(byte)] = Of<byte>(static value => value),
        [typeof(short)] = Of<short>(static value => value),
        [typeof(ushort)] = Of<ushort>(static value => value),
        [typeof(int)] = Of<int>(static value => value),
        [typeof(uint)] = Of<uint>(static value => value),
        [typeof(long)] = Of<long>(static value => value),
        [typeof(ulong)] = Of<ulong>(static value => value),
        [typeof(float)] = Of<float>(static value => value),
        [typeof(double)] = Of<double>(static value => value),
        [typeof(decimal)] = Of<decimal>(static value => value),
        [typeof(DateTime)] = Of<DateTime>(static value => value),
        [typeof(DateOnly)] = Of<DateOnly>(static value => value),
        [typeof(TimeOnly)] = Of<TimeOnly>(static value => value),
        [typeof(TimeSpan)] = Of<TimeSpan>(static value => TableValue.From(value)),
        [typeof(Guid)] = Of<Guid>(static value => value.ToString()),
        [typeof(string)] = Texts,
        [typeof(ReadOnlyMemory<char>)] = Of<ReadOnlyMemory<char>>(static value => value.ToString()),
    };

    /// <summary>What reads a column; null for lists and bytes.</summary>
    public static ParquetRead? Of(DataField field) =>
        field.IsArray || field.MaxRepetitionLevel > 0 ? null : Readers.GetValueOrDefault(field.ClrType);

    private static ParquetRead Of<T>(Func<T, TableValue> cell) where T : struct => async (group, field, rows, take) =>
    {
        if (field.IsNullable)
        {
            var some = new T?[rows];
            await group.ReadAsync<T>(field, some.AsMemory()).ConfigureAwait(false);
            for (var row = 0; row < rows; row++) take(row, some[row] is { } value ? cell(value) : TableValue.Missing);
            return;
        }

        var all = new T[rows];
        await group.ReadAsync<T>(field, all.AsMemory()).ConfigureAwait(false);
        for (var row = 0; row < rows; row++) take(row, cell(all[row]));
    };

    private static async Task Texts(ParquetRowGroupReader group, DataField field, int rows, Action<int, TableValue> take)
    {
        var texts = new string?[rows];
        await group.ReadAsync(field, texts.AsMemory()).ConfigureAwait(false);
        for (var row = 0; row < rows; row++) take(row, texts[row]);
    }
}
