using System.ComponentModel;
using System.Globalization;

namespace Nuke.Common.CI;

/// <summary>A share of work that is split between agents: <c>--partition 1/3</c>.</summary>
[TypeConverter(typeof(TypeConverter))]
public class Partition
{
    public static Partition Single { get; } = new() { Part = 1, Total = 1 };

    /// <summary>1 to <see cref="Total"/>.</summary>
    public int Part { get; set; }
    public int Total { get; set; }

    public bool IsIn(int part) => part == Part;

    public IEnumerable<T> GetCurrent<T>(IEnumerable<T> enumerable) => enumerable.Where((_, index) => index % Total == Part - 1);

    public override string ToString() => $"{Part}/{Total}";

    public class TypeConverter : System.ComponentModel.TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object ConvertFrom(ITypeDescriptorContext context, CultureInfo culture, object value)
        {
            if (value is not string text)
                return base.ConvertFrom(context, culture, value);
            var numbers = text.Split('/').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
            return numbers is [var part and > 0, var total] && part <= total
                ? new Partition { Part = part, Total = total }
                : throw new FormatException($"'{text}' is no partition such as 1/3.");
        }
    }
}
