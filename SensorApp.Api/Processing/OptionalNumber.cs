namespace SensorApp.Api.Processing;

/// <summary>A number that may be missing, in the eight bytes of one that may not: all numbers of a result are finite, so NaN is free to say it.</summary>
internal static class OptionalNumber
{
    public static double ToNaN(double? number) => number ?? double.NaN;

    public static double? FromNaN(double number) => double.IsNaN(number) ? null : number;
}
