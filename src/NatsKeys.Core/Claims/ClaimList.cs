using System.Collections.ObjectModel;

namespace NatsKeys.Claims;

/// <summary>A list of claims. It can be changed until it is shared, for example in an entity of a store.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class ClaimList<T> : Collection<T>, IClaimPart
{
    /// <summary>Creates an empty list.</summary>
    public ClaimList()
    {
    }

    /// <summary>Creates a list with the items of another one.</summary>
    /// <param name="items">The items.</param>
    public ClaimList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <summary>Whether it cannot be changed.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>
    /// Whether the list is stated as <c>[]</c>, which differs from an absent list: an empty list of allowed subjects beside denied ones allows
    /// nothing. Adding an item resets this.
    /// </summary>
    internal bool IsStatedEmpty
    {
        get => field && Count == 0;
        set
        {
            ReadOnly.Refuse(IsReadOnly);
            field = value;
        }
    }

    /// <summary>Whether a token or file states the list.</summary>
    internal bool IsStated => Count > 0 || IsStatedEmpty;

    /// <summary>Adds several items.</summary>
    /// <param name="items">The items.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void AddRange(IEnumerable<T> items)
    {
        ReadOnly.Refuse(IsReadOnly);
        ((List<T>)Items).AddRange(items);
        IsStatedEmpty &= Count == 0;
    }

    /// <summary>The index of the first item that meets a condition; -1 if there is none.</summary>
    /// <param name="match">The condition.</param>
    public int FindIndex(Predicate<T> match) => ((List<T>)Items).FindIndex(match);

    /// <summary>Removes the items that meet a condition, and returns their number.</summary>
    /// <param name="match">The condition.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public int RemoveAll(Predicate<T> match)
    {
        ReadOnly.Refuse(IsReadOnly);
        return ((List<T>)Items).RemoveAll(match);
    }

    /// <inheritdoc/>
    void IClaimPart.Freeze()
    {
        if (IsReadOnly)
        {
            return;
        }

        if (Count > 0 && typeof(IClaimPart).IsAssignableFrom(typeof(T)))
        {
            foreach (T item in Items)
            {
                ((IClaimPart)item!).Freeze();
            }
        }

        IsReadOnly = true;
    }

    /// <inheritdoc/>
    object IClaimPart.Copy() => Count > 0 && typeof(IClaimPart).IsAssignableFrom(typeof(T))
        ? new ClaimList<T>(Items.Select(item => (T)((IClaimPart)item!).Copy())) { IsStatedEmpty = IsStatedEmpty }
        : new ClaimList<T>(Items) { IsStatedEmpty = IsStatedEmpty };

    /// <inheritdoc/>
    protected override void InsertItem(int index, T item)
    {
        ReadOnly.Refuse(IsReadOnly);
        base.InsertItem(index, item);
        IsStatedEmpty = false;
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, T item)
    {
        ReadOnly.Refuse(IsReadOnly);
        base.SetItem(index, item);
    }

    /// <inheritdoc/>
    protected override void RemoveItem(int index)
    {
        ReadOnly.Refuse(IsReadOnly);
        base.RemoveItem(index);
    }

    /// <inheritdoc/>
    protected override void ClearItems()
    {
        ReadOnly.Refuse(IsReadOnly);
        base.ClearItems();
    }
}
