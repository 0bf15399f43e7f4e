import h5py,numpy as np,os,sys
os.chdir(sys.argv[1])  # where the files go
with h5py.File('dense.h5','w',libver='latest') as f:
    g=f.create_group('bioscan_dataset')
    for i in range(40): g['picture-%02d.jpg'%i]=np.frombuffer(b'picture %02d'%i,dtype=np.uint8)
    for i in range(12): g.attrs['attribute %02d'%i]='value %02d'%i
    f.attrs['number']=7
    g['compact.jpg']=h5py.SoftLink('/x')
with h5py.File('chunks.h5','w',libver='latest') as f:
    g=f.create_group('bioscan_dataset')
    r=np.arange(1000,dtype=np.uint16)
    g.create_dataset('fixed',data=r,chunks=(64,))
    g.create_dataset('fixed_gzip',data=r,chunks=(64,),compression='gzip',shuffle=True,fletcher32=True)
    g.create_dataset('single',data=r,chunks=(1000,))
    g.create_dataset('single_gzip',data=r,chunks=(1000,),compression='gzip')
    g.create_dataset('plane',data=np.arange(35,dtype=np.int32).reshape(5,7),chunks=(2,3),fletcher32=True)
    g.create_dataset('growing',data=r,chunks=(64,),maxshape=(None,))
    g.create_dataset('big_endian',data=r.astype('>u2'))
    g.create_dataset('many',data=np.arange(3000,dtype=np.uint8),chunks=(1,))
    p=h5py.h5p.create(h5py.h5p.DATASET_CREATE); p.set_layout(h5py.h5d.COMPACT)
    d=h5py.h5d.create(g.id,b'compact',h5py.h5t.STD_U8LE,h5py.h5s.create_simple((5,)),p); d.write(h5py.h5s.ALL,h5py.h5s.ALL,np.arange(5,dtype=np.uint8))
    f['bioscan_dataset/type']=np.dtype('uint8')
    d=h5py.h5d.create(g.id,b'committed',f['bioscan_dataset/type'].id,h5py.h5s.create_simple((5,))); d.write(h5py.h5s.ALL,h5py.h5s.ALL,np.arange(5,dtype=np.uint8))
for n in('part0.h5','part1.h5'):
    with h5py.File(n,'w') as f: f['bytes']=np.arange(10,dtype=np.uint8)+(100 if n[4]=='1' else 0)
with h5py.File('virtual.h5','w',libver='latest') as f:
    g=f.create_group('bioscan_dataset')
    l=h5py.VirtualLayout(shape=(16,),dtype='u1')
    l[0:10]=h5py.VirtualSource('part0.h5','bytes',shape=(10,)); l[10:16]=h5py.VirtualSource('part1.h5','bytes',shape=(10,))[2:8]
    g.create_virtual_dataset('joined',l)
