using System.Collections.ObjectModel;

namespace NatsKeys.Claims;

/// <summary>A list of claims. It can be changed until it is part of something that several hold, such as an entity of a store.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class ClaimList<T> : Collection<T>, IClaimPart
{
    /// <summary>Makes an empty list.</summary>
    public ClaimList()
    {
    }

    /// <summary>Makes a list of what another one has.</summary>
    /// <param name="items">The items.</param>
    public ClaimList(IEnumerable<T> items)
        : base([.. items])
    {
    }

    /// <summary>Whether it cannot be changed.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>
    /// Whether the list is empty and stated, as <c>[]</c>, which is not the same as absent: an empty list of allowed subjects beside denied ones
    /// allows nothing. Gone once something comes in.
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

    /// <summary>Whether a token or file has the list.</summary>
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

    /// <summary>The place of the first item that meets a condition; -1 where none does.</summary>
    /// <param name="match">The condition.</param>
    public int FindIndex(Predicate<T> match) => ((List<T>)Items).FindIndex(match);

    /// <summary>Removes the items that meet a condition, and returns how many they were.</summary>
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

        if (typeof(IClaimPart).IsAssignableFrom(typeof(T)))
        {
            foreach (T item in Items)
            {
                ((IClaimPart)item!).Freeze();
            }
        }

        IsReadOnly = true;
    }

    /// <inheritdoc/>
    object IClaimPart.Copy() => typeof(IClaimPart).IsAssignableFrom(typeof(T))
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
